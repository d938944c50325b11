using System.Security;
using ContainerHost.Errors;
using ContainerHost.Specification;
using Microsoft.Management.Infrastructure;
using Microsoft.Management.Infrastructure.Options;

namespace ContainerHost.Machines.HyperV.Cim.Wmi;

/// <summary>Opens sessions with Windows' own management library.</summary>
internal static class MiConnector
{
    /// <summary>Opens a session. The library connects with the first call, so a host that is not there is found then.</summary>
    /// <exception cref="PrerequisitesMissingException">This machine has no such library: it is not Windows.</exception>
    public static CimSession Open(CimTarget target)
    {
        if (!OperatingSystem.IsWindows())
        {
            throw new PrerequisitesMissingException(
                "reach Hyper-V",
                "this machine is not Windows, and Windows' management library (MI) is only there",
                "run the build on Windows, with --hyper-v-host for a remote Hyper-V host; here, --provider Qemu works."
            );
        }
        try
        {
            return MiPlan.For(target) is { } plan
                ? CimSession.Create(target.Computer, Options(plan, target.Password))
                : CimSession.Create(null);
        }
        catch (CimException exception)
        {
            throw MiErrors.From(exception, $"open a session to {target.Title}", target);
        }
    }

    private static CimSessionOptions Options(MiPlan plan, string? password)
    {
        CimSessionOptions options = plan.UsesDcom
            ? new DComSessionOptions
            {
                PacketPrivacy = true,
                PacketIntegrity = true,
                Impersonation = ImpersonationType.Impersonate,
            }
            : new WSManSessionOptions
            {
                UseSsl = plan.UseSsl,
                DestinationPort = plan.Port,
                // Without TLS too: what the authentication agreed on encrypts the messages then.
                NoEncryption = false,
            };
        if (plan.User is { } user)
        {
            using var secret = new SecureString();
            foreach (var character in password ?? "")
                secret.AppendChar(character);
            options.AddDestinationCredentials(new CimCredential(Mechanism(plan.Mechanism), plan.Domain, user, secret));
        }
        // Without a user the mechanism goes alone, or Negotiate would settle for NTLM (CimCmdlets does the same).
        else if (plan.Mechanism == HyperVAuthentication.Kerberos)
            options.AddDestinationCredentials(new CimCredential(ImpersonatedAuthenticationMechanism.Kerberos));
        return options;
    }

    private static PasswordAuthenticationMechanism Mechanism(HyperVAuthentication authentication) =>
        authentication switch
        {
            HyperVAuthentication.Kerberos => PasswordAuthenticationMechanism.Kerberos,
            HyperVAuthentication.Basic => PasswordAuthenticationMechanism.Basic,
            _ => PasswordAuthenticationMechanism.Negotiate,
        };
}
