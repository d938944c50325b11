using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using ContainerHost.Networks;

namespace ContainerHost.Media.Downloads;

/// <summary>Sends a request and waits for the answer's head, for so long and no longer; tells what may be tried again from what may not.</summary>
internal sealed class HttpExchange(HttpClient http, TimeSpan stall, TimeProvider time, EnvironmentProxy proxies)
{
    /// <exception cref="TransientDownloadException">No connection, or no answer in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        proxies.Require();
        var address = PublicAddress.Of(message.RequestUri!);
        if (message.RequestUri!.UserInfo is { Length: > 0 } user)
        {
            var given = BasicCredentials.Parameter(Uri.UnescapeDataString(user));
            message.Headers.Authorization = new AuthenticationHeaderValue(BasicCredentials.Scheme, given);
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
        catch (UriFormatException nowhere)
        {
            throw DownloadError.Of(
                address,
                $"it leads on to an address that is none: {nowhere.Message}",
                "check the address; the server's redirection is wrong.",
                nowhere
            );
        }
        catch (HttpRequestException broken)
        {
            throw Broken(address, message.RequestUri!, broken);
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
            throw new TransientDownloadException(saw) { After = After(response.Headers) };
        throw DownloadError.Of(address, saw, Advice(response.StatusCode));
    }

    private static string Advice(HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.Unauthorized => "put user and password into the address: https://USER:PASSWORD@HOST/...",
            HttpStatusCode.Forbidden =>
                "see who may read it: the server knows the file and refuses this user or machine.",
            HttpStatusCode.ProxyAuthenticationRequired =>
                "put user and password for the proxy into HTTPS_PROXY: http://USER:PASSWORD@PROXY:PORT.",
            _ => "check the address; the vendor may have moved the file.",
        };

    private static TimeSpan? After(HttpResponseHeaders headers) =>
        (headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - headers.Date) is { } wanted && wanted > TimeSpan.Zero
            ? wanted
            : null;

    // What cannot pass is not tried again: a certificate stays what it is, and a proxy wants its password.
    private Exception Broken(string address, Uri target, HttpRequestException broken)
    {
        if (broken.InnerException is AuthenticationException untrusted)
            return DownloadError.Of(
                address,
                untrusted.Message.Contains("certificate", StringComparison.Ordinal)
                    ? $"the certificate of {target.Host} is not trusted: {untrusted.GetBaseException().Message}"
                    : $"{target.Host} does not agree on a secure connection: {untrusted.GetBaseException().Message}",
                "where a company's proxy or server has an authority (CA) of its own, give its certificate by --ca-file; see that this machine's clock is right.",
                broken
            );
        var proxy = proxies.GetProxy(target) is { } given ? $"{given.Host}:{given.Port}" : null;
        if (broken.StatusCode is { } refused && (int)refused is >= 400 and < 500)
            return DownloadError.Of(
                address,
                $"the proxy {proxy} answered {(int)refused}",
                refused == HttpStatusCode.ProxyAuthenticationRequired
                    ? Advice(refused)
                    : "let the proxy through to that place, or name it in NO_PROXY.",
                broken
            );
        var through = proxy is null ? "" : $" through the proxy {proxy}";
        return new TransientDownloadException($"{address}{through}: {PublicAddress.In(broken.Message)}", broken);
    }
}
