using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ContainerHost.Media.Downloads;

/// <summary>Sends a request and waits for the answer's head, for so long and no longer; tells what may be tried again from what may not.</summary>
internal sealed class HttpExchange(HttpClient http, TimeSpan stall, TimeProvider time)
{
    /// <exception cref="TransientDownloadException">No connection, or no answer in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var address = PublicAddress.Of(message.RequestUri!);
        if (message.RequestUri!.UserInfo is { Length: > 0 } user)
        {
            var bytes = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user));
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(bytes));
        }
        using var stalled = new CancellationTokenSource(stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        try
        {
            return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransientDownloadException($"{address} did not answer within {stall.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException broken)
        {
            throw new TransientDownloadException($"{address}: {broken.Message}", broken);
        }
    }

    /// <summary>Accepts an answer of success only: the server's own trouble may pass, the rest is for good.</summary>
    public static void RequireSuccess(string address, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return;
        var saw = $"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}";
        if (
            (int)response.StatusCode >= 500
            || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        )
            throw new TransientDownloadException(saw);
        throw DownloadError.Of(address, saw, "check the address; the vendor may have moved the file.");
    }
}
