using ContainerHost.Specification;

namespace ContainerHost.AnswerFiles.Windows;

/// <summary>The file <c>settings.json</c> on the answer medium, which first-logon.ps1 reads; it names no secret.</summary>
internal sealed record FirstLogonSettings(
    Guid InstanceId,
    OpenSshSource OpenSsh,
    string AuthorizedKey,
    bool SetPassword
);
