using ContainerHost.Media;
using ContainerHost.Processes;
using ContainerHost.Proving;
using ContainerHost.Runtimes;
using ContainerHost.Specification;
using ContainerHost.Tests.Proving.Archives;
using ContainerHost.Tests.Verification;
using ContainerHost.Verification;
using Serilog.Core;

namespace ContainerHost.Tests.Proving;

public sealed class ImageProofTests : FolderTest
{
    private readonly FakeRuntime _runtime = new();

    [Fact]
    public async Task A_good_image_passes_under_both_isolations_and_is_taken_away()
    {
        var runs = new List<ContainerRun>();
        _runtime.Run = run =>
        {
            _runtime.Images.ShouldBe(["localhost/containerhost-prove:1"]);
            runs.Add(run);
            return new ContainerResult(0, "proved\n", "");
        };

        var (image, results) = await ProveAsync(
            new ProofRequest
            {
                Images = Archive(),
                Run = "app --check 'a b'",
                ExpectOutput = "proved",
                ReportsDirectory = Folder,
            }
        );

        results.ShouldAllBe(result => result.Passed);
        results
            .Select(result => result.Id)
            .ShouldBe(["image-1-load", "image-1-process-isolation", "image-1-vm-isolation", "image-1-remove"]);
        runs.Select(run => run.Isolation).ShouldBe([Isolation.Process, Isolation.HyperV]);
        runs.ShouldAllBe(run => string.Join('|', run.Command) == "app|--check|a b");
        image.Verdicts.Select(one => (one.Isolation, one.Passed)).ShouldBe([("Process", true), ("HyperV", true)]);
        image.Layers.Count.ShouldBe(2);
        image.ImageId.ShouldBe(new TestImage().ImageId);
        _runtime.Images.ShouldBeEmpty();
        Directory.EnumerateFiles(Folder, "image-*.tar").ShouldBeEmpty("the copy for the host is removed");
    }

    [Fact]
    public async Task The_isolation_under_which_an_image_fails_is_named()
    {
        _runtime.Run = run =>
            run.Isolation == Isolation.HyperV
                ? new ContainerResult(1, "", "this kernel has no overlay\n")
                : new ContainerResult(0, "", "");

        var (image, results) = await ProveAsync(new ProofRequest { Images = Archive(), ReportsDirectory = Folder });

        image.Verdicts.Select(one => (one.Isolation, one.Passed)).ShouldBe([("Process", true), ("HyperV", false)]);
        results
            .Single(result => !result.Passed)
            .Problem.ShouldBe(
                "With VM isolation the command ended with exit code 1 instead of 0. It said: this kernel has no overlay"
            );
        _runtime.Images.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_exit_code_may_be_the_right_one()
    {
        _runtime.Run = _ => new ContainerResult(3, "", "");

        var (_, results) = await ProveAsync(
            new ProofRequest
            {
                Images = Archive(),
                ExpectExitCode = "3",
                ReportsDirectory = Folder,
            }
        );

        results.ShouldAllBe(result => result.Passed);
    }

    [Fact]
    public async Task Other_output_than_expected_fails_with_both()
    {
        _runtime.Run = _ => new ContainerResult(0, "1.2.4\r\n", "");

        var (_, results) = await ProveAsync(
            new ProofRequest
            {
                Images = Archive(),
                ExpectOutput = "1.2.3",
                ReportsDirectory = Folder,
            }
        );

        var failed = results.First(result => !result.Passed);
        failed.Problem.ShouldBe("With process isolation the command printed something else than expected.");
        failed.Evidence.ShouldContain("output:\n1.2.4\n");
        failed.Evidence.ShouldContain("expected output:\n1.2.3");
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(503, false)]
    [InlineData(0, false)]
    public async Task A_probe_is_judged_by_its_answer(int status, bool passes)
    {
        ContainerRun? asked = null;
        _runtime.Run = run =>
        {
            asked = run;
            return new ContainerResult(0, "", "", "console", new ProbeAnswer(status, "refused"));
        };

        var (_, results) = await ProveAsync(
            new ProofRequest
            {
                Images = Archive(),
                Probe = "http://:8080/health",
                ReportsDirectory = Folder,
            },
            _ => new CommandResult(0, $$"""{"status":{{status}},"text":"refused"}""", "")
        );

        results
            .Where(result => result.Id.EndsWith("isolation", StringComparison.Ordinal))
            .ShouldAllBe(result => result.Passed == passes);
        asked!.Probe.ShouldBe(new HttpProbe(8080, "/health", 60));
        (await _runtime.ListAsync(Token)).ShouldBeEmpty("the container that was asked is removed");
    }

    [Fact]
    public async Task A_pulled_image_is_told_as_the_runtime_knows_it()
    {
        var (image, results) = await ProveAsync(new ProofRequest { Images = "nginx", ReportsDirectory = Folder });

        results.ShouldAllBe(result => result.Passed);
        (image.Image, image.Digest, image.Size).ShouldBe(
            ("docker.io/library/nginx:latest", $"sha256:{new string('1', 64)}", 7L)
        );
        image.Command.ShouldBe(["/bin/app"]);
        _runtime.Images.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_that_does_not_get_in_is_not_run()
    {
        var path = Archive();
        var proof = await ReadAsync(new() { Images = path, ReportsDirectory = Folder });
        File.WriteAllBytes(path, TestImage.Pack(new TestImage { Layers = [TestImage.Tar(("a", "b"))] }.Docker()));
        _runtime.Run = _ => throw new InvalidOperationException("it must not run");

        var (image, results) = await ProveAsync(proof);

        results[0].Problem!.ShouldStartWith("The archive has changed since it was read");
        results[1].Problem.ShouldBe("With process isolation it was not run, for it is not in the host.");
        image.Verdicts.ShouldAllBe(one => !one.Passed);
    }

    private string Archive() => Put("app.tar", TestImage.Pack(new TestImage().Docker()));

    private static Task<Proof> ReadAsync(ProofRequest request) =>
        new ProofReader(new NoCache()).ReadAsync(request, new HostRequest().ToSpec(), Token);

    private async Task<(ProvedImage, IReadOnlyList<CheckResult>)> ProveAsync(
        ProofRequest request,
        Func<Command, CommandResult>? guest = null
    ) => await ProveAsync(await ReadAsync(request), guest);

    private async Task<(ProvedImage, IReadOnlyList<CheckResult>)> ProveAsync(
        Proof proof,
        Func<Command, CommandResult>? guest = null
    )
    {
        var image = new ImageProof(1, proof.Images[0], proof.Plan, Folder);
        await using var context = FakeContext.Of(guest, _runtime);
        var checks = image.Checks(Isolation.Both).ToList();
        var results = await new Verifier(TimeProvider.System, Logger.None).RunAsync(checks, context, Token);
        return (image.Report(Isolation.Both, results), results);
    }

    private sealed class NoCache : IArtifactCache
    {
        public Task<string> FetchAsync(Uri source, string sha256, long? size, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nothing is to be fetched");
    }
}
