using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;

namespace ContainerHost.Tests.Hosts;

public sealed class HostStoreTests : FolderTest
{
    private static readonly HostName Name = HostName.Default;

    private HostStore Store => new(Folder);

    private static HostState State { get; } =
        new()
        {
            Spec = Typed.Spec("--memory 768MiB --runtime Docker"),
            InstanceId = new Guid("3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
            CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Address = "10.0.2.15",
        };

    [Fact]
    public async Task A_state_is_read_as_it_was_written()
    {
        var begun = new StepRecord { Fingerprint = "f", StartedAt = State.CreatedAt };
        var state = State.With(Step.DownloadIso, begun with { DurationMs = 7 }).With(Step.CreateVm, begun);
        await Store.SaveAsync(state, Token);

        var read = Store.Load(Name).ShouldNotBeNull();

        (read with { Steps = state.Steps }).ShouldBe(state);
        read.Find(Step.DownloadIso)!.IsDone.ShouldBeTrue();
        read.Find(Step.CreateVm)!.IsDone.ShouldBeFalse("it was only begun");
    }

    [Fact]
    public async Task The_format_of_the_file_is_as_approved()
    {
        await Store.SaveAsync(State, Token);

        File.ReadAllText(Store.FolderOf(Name).State).ShouldBeApproved("host");
    }

    [Fact]
    public async Task Its_folder_is_its_owners_alone_also_where_it_was_open_before()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes");
#pragma warning disable CA1416 // Skipped on Windows above.
        var folder = Directory.CreateDirectory(Store.FolderOf(Name).Path);
        File.SetUnixFileMode(
            folder.FullName,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );

        await Store.SaveAsync(State, Token);

        File.GetUnixFileMode(folder.FullName)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
    }

    [Fact]
    public void A_folder_of_somebody_elses_is_no_host()
    {
        Put(Path.Combine("documents", "thesis.txt"), "years of work");

        Store.List().ShouldBeEmpty();
        Store.FolderOf(HostNameOf("documents")).FindForeign().ShouldBe("thesis.txt");
    }

    private static HostName HostNameOf(string text) =>
        HostName.TryParse(text, out var name) ? name! : throw new ArgumentException(text);

    [Fact]
    public async Task A_half_written_file_beside_it_does_no_harm()
    {
        await Store.SaveAsync(State, Token);
        File.WriteAllText($"{Store.FolderOf(Name).State}.tmp", "{ \"SchemaVersion\": ");

        Store.Load(Name).ShouldNotBeNull().InstanceId.ShouldBe(State.InstanceId);
        Store.List().ShouldBe([Name]);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("{ \"schemaVersion\": 1,\n", "is no JSON, or cut off, in line 2")]
    [InlineData("\0\0\0", "is no JSON")]
    [InlineData("null", "holds no JSON object")]
    [InlineData("[1]", "holds no JSON object")]
    [InlineData("{ \"name\": \"x\", \"version\": \"1.2\" }", "is none of ours")]
    [InlineData("{ \"schemaVersion\": null }", "is none of ours")]
    [InlineData("{ \"schemaVersion\": 1 }", "is damaged: it lacks 'spec'")]
    [InlineData("{ \"schemaVersion\": 1, \"spec\": 7 }", "is damaged: what it has at 'spec' does not fit")]
    [InlineData(
        "{ \"schemaVersion\": 1, \"spec\": { \"name\": \"no name\" } }",
        "is damaged: what it has at 'spec.name' does not fit"
    )]
    [InlineData("{ \"schemaVersion\": 1, \"steps\": [null] }", "is damaged: it has null in the list 'steps'")]
    public void A_damaged_state_is_told_in_plain_words_with_the_way_out(string text, string told)
    {
        Put("containerhost/host.json", text);

        var error = Should.Throw<ContainerHostException>(() => Store.Load(Name));

        error.Saw.ShouldContain($"host.json {told}");
        error.Saw.ShouldNotContain("ContainerHost.");
        error.Try.ShouldContain("Destroy --name containerhost");
    }

    [Fact]
    public async Task What_must_not_be_null_is_damage()
    {
        await Store.SaveAsync(State, Token);
        var whole = File.ReadAllText(Store.FolderOf(Name).State);
        foreach (
            var name in JsonNode.Parse(whole)!.AsObject().Select(pair => pair.Key).Where(name => name != "address")
        )
        {
            var damaged = JsonNode.Parse(whole)!;
            damaged[name] = null;
            Put("containerhost/host.json", damaged.ToJsonString());
            Should.Throw<ContainerHostException>(() => Store.Load(Name), name);
        }
    }

    [Fact]
    public void A_newer_format_is_told_by_its_number_and_nobody_is_told_to_destroy_it()
    {
        Put("containerhost/host.json", "{ \"schemaVersion\": 2, \"specs\": [null] }");

        var error = Should.Throw<ContainerHostException>(() => Store.Load(Name));

        error.Saw.ShouldContain("has format 2, newer than 1");
        error.Try.ShouldContain("use the version that made the host");
        error.Try.ShouldNotContain("Destroy");
    }

    [Fact]
    public void Folders_that_are_no_hosts_are_not_listed()
    {
        foreach (var name in new[] { "b-host", "a-host", "Not A Host", "-x" })
            Directory.CreateDirectory(In(name));
        File.WriteAllText(In("c-host.lock"), "");

        Store.List().Select(name => name.Value).ShouldBe(["a-host", "b-host"]);
    }
}
