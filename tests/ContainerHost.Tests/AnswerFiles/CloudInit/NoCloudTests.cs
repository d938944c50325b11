using System.Text;
using ContainerHost.AnswerFiles;
using ContainerHost.AnswerFiles.CloudInit;
using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Tests.AnswerFiles.CloudInit;

public sealed class NoCloudTests
{
    private static readonly GuestIdentity Identity = new()
    {
        Name = HostName.TryParse("lab-1", out var name) ? name : HostName.Default,
        User = "admin",
        InstanceId = new Guid("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
        PasswordHash = "$6$salt$hash",
        AuthorizedKey = "ssh-ed25519 AAAAclient containerhost-lab-1",
        HostPrivateKey = "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        HostPublicKey = "ssh-ed25519 AAAAhost",
    };

    [Fact]
    public void The_medium_of_a_plain_host_is_as_approved() => Medium(UserAnswers.None).ShouldBeApproved("plain");

    [Fact]
    public void The_users_answers_are_merged_under_ours()
    {
        const string text = """
            #cloud-config
            timezone: Europe/Madrid
            package_update: true
            users:
              - name: guest
            write_files:
              - path: /etc/motd
                content: "yes: no # not a comment"
            """;

        Medium(UserAnswers.Parse(text, "own.yaml")).ShouldBeApproved("merged");
    }

    [Fact]
    public void Keys_that_must_be_ours_are_refused_all_at_once()
    {
        const string text = "#cloud-config\nhostname: other\nssh_keys: {}\ndisable_root: false\n";

        var refused = Should.Throw<InvalidInputException>(() => UserAnswers.Parse(text, "own.yaml"));

        refused.Problems.Count.ShouldBe(3);
        refused.Problems.ShouldContain(problem => problem.Contains("sets 'hostname'"));
    }

    [Theory]
    [InlineData("timezone: UTC\n", "must start with the line '#cloud-config'")]
    [InlineData("#cloud-config\nusers: [unclosed\n", "is not YAML at line")]
    [InlineData("#cloud-config\n- a list\n", "is not YAML at line")]
    public void What_is_no_cloud_config_is_refused(string text, string named) =>
        Should
            .Throw<InvalidInputException>(() => UserAnswers.Parse(text, "own.yaml"))
            .Problems.Single()
            .ShouldContain(named);

    [Fact]
    public void An_empty_cloud_config_changes_nothing() =>
        Medium(UserAnswers.Parse("#cloud-config\n", "own.yaml")).ShouldBe(Medium(UserAnswers.None));

    [Fact]
    public void Packages_that_a_hypervisor_needs_are_installed_by_the_guest()
    {
        var medium = Medium(UserAnswers.None, "hyperv-daemons");

        medium.ShouldContain("packages:\n  - hyperv-daemons\n");
        medium.ShouldContain("package_update: true");
        Medium(UserAnswers.None).ShouldContain("package_update: false");
    }

    private static string Medium(UserAnswers answers, params string[] packages) =>
        string.Concat(
            NoCloud
                .Files(Identity, answers, packages)
                .Select(file => $"== {file.Name}\n{Encoding.UTF8.GetString(file.Content.Span)}")
        );
}
