using System.Text;
using ContainerHost.AnswerFiles.Iso;
using YamlDotNet.Serialization;

namespace ContainerHost.AnswerFiles.CloudInit;

/// <summary>The files of cloud-init's NoCloud data source (cloud-init's documentation, "NoCloud"), on a medium labelled <c>cidata</c>.</summary>
internal static class NoCloud
{
    public const string Label = "cidata";

    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    public static IReadOnlyList<IsoFile> Files(
        GuestIdentity identity,
        UserAnswers answers,
        IReadOnlyList<string> packages
    ) =>
        [
            new("meta-data", Bytes(MetaData(identity))),
            new("user-data", Bytes(UserData.Render(identity, answers, packages))),
        ];

    private static string MetaData(GuestIdentity identity) =>
        Yaml.Serialize(
            new Dictionary<string, string>
            {
                ["instance-id"] = identity.InstanceId.ToString(),
                ["local-hostname"] = identity.Name.Value,
            }
        );

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
}
