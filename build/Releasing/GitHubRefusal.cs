using System.Globalization;
using System.Net;
using System.Security.Authentication;
using ContainerHost.Errors;
using Octokit;

namespace Releasing;

/// <summary>What GitHub means by an answer that is no success.</summary>
internal static class GitHubRefusal
{
    private const string Again = "run Publish again: it goes on where it was.";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public static bool IsTransient(Exception refused) =>
        refused switch
        {
            ApiException limited when IsLimit(limited) => AskedWait(limited, DateTimeOffset.UtcNow) <= LongestWait,
            ApiException { StatusCode: >= HttpStatusCode.InternalServerError } => true,
            // Another file of that name has come since the list was read: a look at the list tells which.
            ApiValidationException taken => Has(taken, "already_exists"),
            HttpRequestException { InnerException: AuthenticationException } => false,
            HttpRequestException or IOException or TaskCanceledException => true,
            _ => false,
        };

    /// <summary>How long GitHub asks to wait; null where it does not, or the refusal is no limit.</summary>
    public static TimeSpan? AskedWait(Exception? refused, DateTimeOffset now)
    {
        if (refused is not ApiException limited || !IsLimit(limited))
            return null;
        if (Number(limited, "Retry-After") is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        // Without either header GitHub asks to wait a minute at least.
        return Number(limited, "X-RateLimit-Reset") is { } reset
            ? TimeSpan.FromSeconds(Math.Max(1, reset - now.ToUnixTimeSeconds()))
            : LongestWait;
    }

    public static (string Saw, string Advice, int ExitCode)? Explain(Exception refused) =>
        refused switch
        {
            ApiException limited when IsLimit(limited) => (
                $"its limit of requests is used up until {DateTimeOffset.UtcNow + AskedWait(limited, DateTimeOffset.UtcNow):HH:mm} UTC",
                "wait until then, and " + Again,
                ExitCodes.HostFailed
            ),
            AuthorizationException => (
                "it does not accept the token (401)",
                "set NUKE_GITHUB_TOKEN or GITHUB_TOKEN to a token that has not expired and may write contents.",
                ExitCodes.InvalidInput
            ),
            ForbiddenException => (
                $"the token may not do this (403): {refused.Message}",
                "give it the permission to write contents of the repository.",
                ExitCodes.InvalidInput
            ),
            NotFoundException => (
                "it has no such repository, or the token may not see it or write there (404)",
                "check --github-repository and --github-address, and that the token may write contents.",
                ExitCodes.InvalidInput
            ),
            ApiValidationException taken when Has(taken, "already_exists") => (
                $"it has one already, again after it was deleted (422): {Details(taken)}",
                "see whether another Publish is at work; wait for it, and " + Again,
                ExitCodes.HostBusy
            ),
            ApiValidationException wrong => (
                $"it does not take the release as it is (422): {Details(wrong)}",
                "see that the commit and the tag are pushed; correct what it names.",
                ExitCodes.InvalidInput
            ),
            HttpRequestException { InnerException: AuthenticationException untrusted } => (
                untrusted.GetBaseException().Message,
                "add the server's authority (CA) to those that this machine trusts (SSL_CERT_FILE).",
                ExitCodes.HostFailed
            ),
            ApiException or HttpRequestException or IOException or TaskCanceledException => (
                $"{refused.GetBaseException().Message}; tried five times",
                "see that the address can be reached from here, and " + Again,
                ExitCodes.HostFailed
            ),
            _ => null,
        };

    // Both limits may be told by 403 and by 429.
    private static bool IsLimit(ApiException refused) =>
        refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests
        && (
            Number(refused, "Retry-After") is not null
            || Number(refused, "X-RateLimit-Remaining") == 0
            || refused is RateLimitExceededException or SecondaryRateLimitExceededException or AbuseException
        );

    private static bool Has(ApiValidationException refused, string code) =>
        (refused.ApiError?.Errors ?? []).Any(error => error.Code == code);

    private static string Details(ApiValidationException refused) =>
        string.Join(
            "; ",
            (refused.ApiError?.Errors ?? [])
                .Select(error => $"{error.Resource} {error.Field} {error.Code} {error.Message}".Trim())
                .DefaultIfEmpty(refused.Message)
        );

    private static long? Number(ApiException refused, string header) =>
        refused
            .HttpResponse?.Headers.FirstOrDefault(one => one.Key.Equals(header, StringComparison.OrdinalIgnoreCase))
            .Value
            is { } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
