using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Build.Tests.Releasing;

/// <summary>What the hub does once, or as often as said, instead of its work.</summary>
internal sealed record HubFault(string Method, string Path, Func<HttpListenerContext, Task> Answer, int Times = 1)
{
    public bool Fits(HttpListenerRequest request) =>
        request.HttpMethod == Method && request.Url!.AbsolutePath.Contains(Path, StringComparison.Ordinal);

    public static Func<HttpListenerContext, Task> Nothing { get; } = context => Hub.AnswerAsync(context, 200);

    public static Func<HttpListenerContext, Task> Status(
        int status,
        object body,
        params (string Name, string Value)[] headers
    ) =>
        async context =>
        {
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            await Hub.AnswerAsync(context, status, JsonSerializer.Serialize(body));
        };

    public static Func<HttpListenerContext, Task> Message(
        int status,
        string message,
        params (string, string)[] headers
    ) => Status(status, new { message, documentation_url = "https://docs.github.com/rest" }, headers);

    // The answer to a name that is taken: https://github.com/semantic-release/github/issues/102.
    public static Func<HttpListenerContext, Task> AlreadyExists(string resource, string field) =>
        Status(
            422,
            new
            {
                message = "Validation Failed",
                errors = new[]
                {
                    new
                    {
                        resource,
                        code = "already_exists",
                        field,
                    },
                },
            }
        );

    // https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: 403 or 429, with these headers.
    public static Func<HttpListenerContext, Task> Limited(int status, DateTimeOffset reset) =>
        Message(
            status,
            "API rate limit exceeded for user ID 1.",
            ("X-RateLimit-Limit", "5000"),
            ("X-RateLimit-Remaining", "0"),
            ("X-RateLimit-Reset", reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
        );
}
