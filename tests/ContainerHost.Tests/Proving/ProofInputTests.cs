using ContainerHost.Errors;
using ContainerHost.Media;
using ContainerHost.Proving;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Tests.Proving.Archives;

namespace ContainerHost.Tests.Proving;

public sealed class ProofInputTests : FolderTest, IArtifactCache
{
    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest")]
    [InlineData("nginx:1.29", "docker.io/library/nginx:1.29")]
    [InlineData("grafana/loki", "docker.io/grafana/loki:latest")]
    [InlineData("localhost/app", "localhost/app:latest")]
    [InlineData("Registry.Example:5000/Team/app", null)]
    [InlineData("registry.example:5000/team/app:v1", "registry.example:5000/team/app:v1")]
    [InlineData("UPPER", null)]
    [InlineData("app:", null)]
    [InlineData("app@sha256:12", null)]
    [InlineData("two words", null)]
    [InlineData("-flag", null)]
    public void A_reference_is_completed_as_docker_does(string text, string? full) =>
        ImageReference.Normalize(text).ShouldBe(full);

    [Fact]
    public void A_reference_by_digest_gets_no_tag()
    {
        var digest = $"@sha256:{new string('a', 64)}";

        ImageReference.Normalize($"ghcr.io/x/y{digest}").ShouldBe($"ghcr.io/x/y{digest}");
        ImageReference.Normalize($"ghcr.io/x/y:1{digest}").ShouldBe($"ghcr.io/x/y:1{digest}");
    }

    [Theory]
    [InlineData("a b  c", new[] { "a", "b", "c" })]
    [InlineData("sh -c 'echo \"a b\"; exit 3'", new[] { "sh", "-c", "echo \"a b\"; exit 3" })]
    [InlineData("\"a \\\"b\\\" $HOME\" c\\ d ''", new[] { "a \"b\" $HOME", "c d", "" })]
    [InlineData("a'b'\"c\"", new[] { "abc" })]
    [InlineData("'open", null)]
    [InlineData("\"open", null)]
    public void A_command_line_is_split_as_a_shell_does(string line, string[]? words) =>
        CommandWords.Split(line).ShouldBe(words);

    [Theory]
    [InlineData("http://:8080/health", 8080, "/health")]
    [InlineData("http://:80", 80, "/")]
    [InlineData("http://:0/", 0, null)]
    [InlineData("http://:70000/", 0, null)]
    [InlineData("https://:8443/", 0, null)]
    [InlineData("http://localhost:8080/", 0, null)]
    [InlineData("http://:8080/a b", 0, null)]
    [InlineData("http://:8080/\r\nHost: x", 0, null)]
    [InlineData("8080", 0, null)]
    public void A_probe_is_a_port_and_a_path(string text, int port, string? path)
    {
        HttpProbe.TryParse(text, TimeSpan.FromSeconds(5), out var probe).ShouldBe(path is not null);
        probe.ShouldBe(path is null ? null : new HttpProbe(port, path, 5));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var damaged = Put("damaged.tar", "no archive");
        var gone = In("gone.tar");

        var problems = await ProblemsAsync(
            new()
            {
                Images =
                    $"{damaged},{gone},,UPPER,ftp://x.example/a.tar,https://u:pw@x.example/a.tar,{Folder},nginx#sha256=12",
                Run = "sh -c 'open",
                ExpectExitCode = "zero",
                ExpectOutput = "x",
                Probe = "8080",
                ProbeTimeout = "1h",
                ReportsDirectory = Folder,
            }
        );

        problems.ShouldContain(problem => problem.StartsWith($"--image '{damaged}' is refused: it is"));
        problems.ShouldContain(problem => problem.StartsWith($"--image '{gone}' is not valid"));
        problems.ShouldContain(problem => problem.Contains("empty place between its commas"));
        problems.ShouldContain(problem => problem.StartsWith("--image 'UPPER' is not valid"));
        problems.ShouldContain(problem => problem.StartsWith("--image 'ftp://x.example/a.tar' is not valid"));
        problems.ShouldContain(problem => problem.Contains("needs its digest") && !problem.Contains("pw"));
        problems.ShouldContain(problem => problem.Contains("is a folder. Pack it"));
        problems.ShouldContain(problem => problem.Contains("after #sha256= stand 64"));
        problems.ShouldContain(problem => problem.StartsWith("--run 'sh -c 'open' is not valid"));
        problems.ShouldContain(problem => problem.StartsWith("--expect-exit-code 'zero'"));
        problems.ShouldContain(problem => problem.StartsWith("--probe '8080' is not valid"));
        problems.ShouldContain(problem => problem.StartsWith("--probe judges by the answer"));
        problems.ShouldContain(problem => problem.StartsWith("--probe-timeout '1h' is not valid"));
    }

    [Fact]
    public async Task Without_an_image_there_is_nothing_to_prove() =>
        (await ProblemsAsync(new() { ReportsDirectory = Folder }))
            .ShouldHaveSingleItem()
            .ShouldStartWith("--image says what to prove");

    [Fact]
    public async Task A_doubled_image_is_refused() =>
        (await ProblemsAsync(new() { Images = "nginx, docker.io/library/nginx:latest", ReportsDirectory = Folder }))
            .ShouldHaveSingleItem()
            .ShouldBe("--image has 'docker.io/library/nginx:latest' twice.");

    [Fact]
    public async Task What_the_host_cannot_do_is_told_before_it_is_made()
    {
        var request = new ProofRequest
        {
            Images = "nginx",
            Probe = "http://:80/",
            ReportsDirectory = Folder,
        };
        var host = new HostRequest().ToSpec();

        (await ProblemsAsync(request, host with { Network = GuestNetwork.Restricted }))
            .ShouldHaveSingleItem()
            .ShouldContain("skopeo copy docker://docker.io/library/nginx:latest docker-archive:image.tar");
        (await ProblemsAsync(request, host with { VmIsolation = VmIsolationKind.Kata }))
            .ShouldHaveSingleItem()
            .ShouldContain("Kata");
        (await ProblemsAsync(request, host with { Runtime = RuntimeKind.None }))
            .ShouldHaveSingleItem()
            .ShouldContain("--runtime None");
    }

    [Fact]
    public async Task An_archive_must_have_the_digest_that_was_given_with_it()
    {
        var path = Put("image.tar", TestImage.Pack(new TestImage().Docker()));
        var digest = await CheckedFile.ComputeAsync(path, Token);

        var proof = await ReadAsync(
            new() { Images = $"{path}#sha256={digest.ToUpperInvariant()}", ReportsDirectory = Folder }
        );
        proof.Images.ShouldHaveSingleItem().Name.ShouldBe("registry.example/app:1");
        (await ProblemsAsync(new() { Images = $"{path}#sha256={new string('0', 64)}", ReportsDirectory = Folder }))
            .ShouldHaveSingleItem()
            .ShouldContain($"it has SHA-256 {digest} instead of 000");
    }

    [Fact]
    public async Task An_archive_at_an_address_is_fetched_by_its_digest()
    {
        var path = Put("image.tar", TestImage.Pack(new TestImage().Oci()));
        var digest = await CheckedFile.ComputeAsync(path, Token);

        var proof = await ReadAsync(
            new() { Images = $"https://files.example/image.tar#sha256={digest}", ReportsDirectory = Folder }
        );

        proof.Images.ShouldHaveSingleItem().Source.Shown.ShouldBe("https://files.example/image.tar");
        _fetched.ShouldBe([digest]);
    }

    private readonly List<string> _fetched = [];

    Task<string> IArtifactCache.FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken)
    {
        _fetched.Add(sha256);
        return Task.FromResult(In("image.tar"));
    }

    private Task<Proof> ReadAsync(ProofRequest request, HostSpec? spec = null) =>
        new ProofReader(this).ReadAsync(request, spec ?? new HostRequest().ToSpec(), Token);

    private async Task<IReadOnlyList<string>> ProblemsAsync(ProofRequest request, HostSpec? spec = null) =>
        (await Should.ThrowAsync<InvalidInputException>(() => ReadAsync(request, spec))).Problems;
}
