using System.Text;
using ContainerHost.AnswerFiles.Iso;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>The files of cloud-init's NoCloud data source (cloud-init's documentation, "NoCloud"), on a medium labelled <c>cidata</c>.</summary>
internal static class NoCloud
{
    public const string Label = "cidata";

    public static IReadOnlyList<IsoFile> Files(
        GuestIdentity identity,
        UserAnswers answers,
        IReadOnlyList<string> packages
    ) =>
        [
            new("meta-data", Encoding.UTF8.GetBytes(MetaData(identity))),
            new("user-data", UserData.Render(identity, answers, packages)),
        ];

    private static string MetaData(GuestIdentity identity) =>
        $"instance-id: {identity.InstanceId}\nlocal-hostname: \"{identity.Name}\"\n";
}
