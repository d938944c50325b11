using ContainerHost.Errors;
using Releasing;
using Semver;

namespace Build.Tests.Releasing;

public sealed class ReleaseFilesTests : IDisposable
{
    private const string Passed = """{ "passed": true }""";

    private readonly WorkingCopy _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_release_has_packages_symbols_bills_reports_and_the_sums_of_all()
    {
        Pack("ContainerHost");
        _folder.Write("artifacts/prove/prove.json", Passed);
        _folder.Write("artifacts/prove/failed/prove.json", """{ "passed": false }""");
        _folder.Write("artifacts/prove/broken/prove.json", "{");
        _folder.Write("artifacts/prove/lab 2/nerdctl/prove.html", "");
        _folder.Write("artifacts/prove/lab 2/nerdctl/prove.json", Passed);
        _folder.Write("artifacts/prove/lab 2/other.html", "");

        var files = Gather();

        string[] names =
        [
            "ContainerHost.0.1.0.nupkg",
            "ContainerHost.0.1.0.snupkg",
            "ContainerHost.0.1.0.cdx.json",
            "prove-lab-2-nerdctl.html",
            "prove-lab-2-nerdctl.json",
            "prove.json",
            "SHA256SUMS",
        ];
        files.Select(file => file.Name).ShouldBe(names);
        File.ReadAllLines(files[^1].Path).ShouldBe(files.SkipLast(1).Select(file => $"{file.Sha256}  {file.Name}"));
    }

    [Fact]
    public void A_package_that_could_not_be_packed_is_not_left_out_silently()
    {
        Pack("ContainerHost");

        var failure = Should.Throw<ContainerHostException>(() => Gather("ContainerHost.Nuke"));

        failure.ExitCode.ShouldBe(ExitCodes.PrerequisitesMissing);
        failure.Saw.ShouldContain("lacks ContainerHost.Fallout.0.1.0.nupkg, ContainerHost.Fallout.0.1.0.snupkg");
        failure.Try.ShouldContain("--leave-out");
    }

    [Fact]
    public void Two_reports_of_one_name_are_told()
    {
        Pack("ContainerHost");
        _folder.Write("artifacts/prove/a b/prove.json", Passed);
        _folder.Write("artifacts/prove/a-b/prove.json", Passed);

        Should.Throw<ContainerHostException>(() => Gather()).Saw.ShouldContain("would both be prove-a-b.json");
    }

    [Fact]
    public void A_package_to_leave_out_must_be_one() =>
        Should
            .Throw<InvalidInputException>(() => PackageProject.Without("ContainerHost.Fallout, Nuke"))
            .Problems.ShouldHaveSingleItem()
            .ShouldContain("--leave-out 'Nuke' is no package");

    [Fact]
    public void A_bill_that_names_nothing_is_an_error() =>
        Should
            .Throw<ContainerHostException>(() =>
                BillOfMaterials.Settle("""{"metadata":{},"components":[]}""", "it.cdx.json", DateTimeOffset.UnixEpoch)
            )
            .Saw.ShouldContain("found no package");

    private IReadOnlyList<ReleaseFile> Gather(string leaveOut = "ContainerHost.Nuke,ContainerHost.Fallout") =>
        ReleaseFiles.Gather(_folder.Root, PackageProject.Without(leaveOut), SemVersion.Parse("0.1.0"));

    private void Pack(string name)
    {
        foreach (var kind in new[] { "nupkg", "snupkg", "cdx.json" })
            _folder.Write($"artifacts/packages/{name}.0.1.0.{kind}", kind);
    }
}
