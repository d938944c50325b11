namespace ContainerHost.Verification.Checks;

/// <summary>Logs in with the chosen password, once, over a connection of its own.</summary>
internal sealed class LoginCheck : ICheck
{
    public string Id => "login";

    public string Title => "Log in with the chosen credentials";

    public async Task<string> RunAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var access = context.Access;
        await context.Guests.ProvePasswordAsync(access, context.Password, context.Host, cancellationToken);
        return $"logged in as {access.User} with the password at {access.Place}{access.Evidence}";
    }
}
