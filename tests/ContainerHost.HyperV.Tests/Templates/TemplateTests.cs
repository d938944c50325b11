using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Hosts.Life;
using ContainerHost.Hosts.Templates;
using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Tests.Graph;
using ContainerHost.Machines.HyperV;

namespace ContainerHost.HyperV.Tests.Templates;

/// <summary>Templates that are off and their clones, on the simulated Hyper-V, whose files are another machine's to this one.</summary>
public sealed class TemplateTests : IDisposable
{
    private const string Golden = TemplateScene.Golden;

    private readonly TemplateScene _scene = new();

    private string FolderThere => $@"D:\Hyper-V\Virtual Hard Disks\ContainerHost\{_scene.MarkOf(Golden):D}";

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task A_template_is_a_disk_without_an_identity_and_its_host_runs_on()
    {
        await _scene.MakeTemplateAsync();

        _scene.Leftovers().ShouldBeEmpty();
        _scene.Host.Machines.All.ShouldHaveSingleItem().State.ShouldBe(HyperVState.Running, "the host itself");
        _scene
            .Host.Files.Paths.Where(path => path.StartsWith($@"{FolderThere}\", StringComparison.Ordinal))
            .ShouldBe([$@"{FolderThere}\base.vhdx", $@"{FolderThere}\disk.vhdx"], ignoreOrder: true);
        _scene.Host.Files.Find($@"{FolderThere}\base.vhdx")!.Parent.ShouldBeNull();
        _scene.Host.Files.Find($@"{FolderThere}\disk.vhdx")!.Parent.ShouldBe($@"{FolderThere}\base.vhdx");
        _scene.Host.Files.IsSealed($@"{FolderThere}\disk.vhdx").ShouldBeTrue();
        var disk = GuestDisk.Read(_scene.Host.Files.Read($@"{FolderThere}\disk.vhdx"));
        (disk.InstanceId, disk.HostKey, disk.MachineId, disk.Keys.Count).ShouldBe((null, null, "", 0));
        disk.Password.ShouldStartWith("!");
        disk.Installations.ShouldBe(1, "what a host is given comes with its disk");
        foreach (var secret in (string[])["password", "id_ed25519", "seed.iso"])
            File.Exists(Path.Combine(_scene.Store.FolderOf(TemplateScene.NameOf(Golden)).Path, secret)).ShouldBeFalse();

        var listed = (await new TemplateLister(_scene.Services).ListAsync(Token)).ShouldHaveSingleItem();
        listed.Problem.ShouldBeNull();
        listed.DiskUsage.ShouldBeGreaterThan(1L << 30, "its disks lie on the Hyper-V host");
    }

    [Fact]
    public async Task Three_clones_are_nobodys_twins_and_pass_every_check()
    {
        await _scene.MakeTemplateAsync();

        await _scene.CloneAsync(Golden, ["lab-1", "lab-2", "lab-3"]);

        AreNoTwins(Golden, "lab-1", "lab-2", "lab-3");
        foreach (var name in (string[])["lab-1", "lab-2", "lab-3"])
        {
            _scene.Host.Files.Find(DiskOf(name))!.Parent.ShouldBe($@"{FolderThere}\disk.vhdx");
            _scene.Guest.Read(_scene.MachineOf(name)).Installations.ShouldBe(1, "nothing is installed again");
            _scene.StateOf(name).ClonedFrom.ShouldBe(Golden);
            var outcome = await _scene.VerifyAsync(name);
            outcome.Report.Checks.Where(check => !check.Passed).Select(check => check.Problem).ShouldBeEmpty();
            outcome.Report.Checks.ShouldContain(check => check.Id == "identity");
        }
    }

    [Fact]
    public async Task A_clone_of_a_clone_is_no_twin_and_needs_only_its_own_template()
    {
        await _scene.MakeTemplateAsync();
        await _scene.CloneAsync(Golden, ["lab-1"]);
        await _scene.MakeTemplateAsync("lab-1");

        await _scene.CloneAsync("lab-1", ["grandchild"]);

        AreNoTwins(Golden, "lab-1", "grandchild");
        (await _scene.DestroyAsync("lab-1")).ShouldBeTrue();
        (await _scene.RemoveTemplateAsync()).ShouldBeTrue();
        (await _scene.VerifyAsync("grandchild")).Report.Passed.ShouldBeTrue();
        _scene.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_template_with_clones_is_not_removed_and_goes_whole_after_the_last()
    {
        await _scene.MakeTemplateAsync();
        await _scene.CloneAsync(Golden, ["lab-1"]);

        var refused = await Should.ThrowAsync<ContainerHostException>(() => _scene.RemoveTemplateAsync());
        refused.Saw.ShouldContain("lab-1");
        // Its machine alone tells it, too.
        File.WriteAllText(
            _scene.FolderOf("lab-1").State,
            File.ReadAllText(_scene.FolderOf("lab-1").State)
                .Replace("\"clonedFrom\": \"golden\"", "\"clonedFrom\": null")
        );
        await Should.ThrowAsync<ContainerHostException>(() => _scene.RemoveTemplateAsync());

        await _scene.DestroyAsync("lab-1");
        (await _scene.RemoveTemplateAsync()).ShouldBeTrue();
        (await _scene.RemoveTemplateAsync()).ShouldBeFalse();
        _scene.Leftovers().ShouldBeEmpty();
        _scene.Host.Machines.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_host_with_checkpoints_is_copied_as_it_is_now()
    {
        await _scene.VerifyAsync(Golden);
        await new HostLife(_scene.Services, TemplateScene.NameOf(Golden)).CheckpointAsync("before", Token);
        var now = _scene.Guest.Read(_scene.MachineOf(Golden)) with { Installations = 5 };
        _scene.Host.Machines.Write(_scene.MachineOf(Golden), now.Write());

        await _scene.TemplateAsync();

        GuestDisk.Read(_scene.Host.Files.Read($@"{FolderThere}\disk.vhdx")).Installations.ShouldBe(5);
    }

    [Fact]
    public async Task A_disk_that_was_changed_or_removed_is_named_and_nothing_is_cloned()
    {
        await _scene.MakeTemplateAsync();
        var path = $@"{FolderThere}\base.vhdx";
        _scene.Host.Files.Put(path, _scene.Host.Files.Find(path)! with { Content = "somebody's" });

        var refused = await Should.ThrowAsync<ContainerHostException>(() => _scene.CloneAsync(Golden, ["lab-1"]));

        refused.Saw.ShouldContain($"{path} is not the file that the template was made with");
        _scene.Services.Store.Has(TemplateScene.NameOf("lab-1")).ShouldBeFalse();
        (await new TemplateLister(_scene.Services).ListAsync(Token)).ShouldHaveSingleItem().Problem.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_clone_that_has_the_machine_id_of_another_is_told_and_removed()
    {
        await _scene.MakeTemplateAsync();
        await _scene.CloneAsync(Golden, ["lab-1"]);
        // As an image does that sets it itself.
        var path = $@"{FolderThere}\disk.vhdx";
        var disk = GuestDisk.Read(_scene.Host.Files.Read(path)) with { MachineId = _scene.StateOf("lab-1").MachineId! };
        _scene.Host.Files.Put(path, _scene.Host.Files.Find(path)! with { Content = disk.Write() });
        await new HostLife(_scene.Services, TemplateScene.NameOf("lab-1")).StopAsync(Token);
        await _scene.Host.Files.SealAsync(path, Token);

        var refused = await Should.ThrowAsync<ContainerHostException>(() => _scene.CloneAsync(Golden, ["lab-2"]));

        refused.Saw.ShouldContain("'lab-1' has");
        _scene.Leftovers().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_guest_that_stays_on_leaves_no_template_and_the_host_runs_again()
    {
        await _scene.VerifyAsync(Golden);
        _scene.Guest.StaysOn = true;

        var late = await Should.ThrowAsync<DeadlineException>(() => _scene.TemplateAsync());

        late.Message.ShouldContain("the stripped guest turns itself off");
        Nothing();
    }

    [Fact]
    public async Task A_guest_that_is_not_stripped_whole_leaves_no_template()
    {
        await _scene.VerifyAsync(Golden);
        _scene.Guest.Faults = name => name == "Hosts.Templates.become.py" ? "OSError: Read-only file system" : null;

        var failed = await Should.ThrowAsync<ContainerHostException>(() => _scene.TemplateAsync());

        failed.Attempted.ShouldBe("strip the guest of its identity");
        failed.Saw.ShouldContain("Read-only file system");
        Nothing();
    }

    [Fact]
    public async Task A_template_on_Hyper_V_is_not_exported()
    {
        await _scene.MakeTemplateAsync();
        var archive = _scene.In("golden.tar.gz");

        var refused = await Should.ThrowAsync<ContainerHostException>(() =>
            new TemplateExporter(_scene.Services).ExportAsync(TemplateScene.NameOf(Golden), archive, Token)
        );

        refused.Saw.ShouldContain("where Hyper-V keeps them");
        File.Exists(archive).ShouldBeFalse();
    }

    [Fact]
    public async Task A_Windows_host_is_refused_before_it_is_touched()
    {
        using var scene = new WindowsScene();
        (await scene.RunAsync()).Report.Passed.ShouldBeTrue();
        var calls = scene.Host.Calls.Count(call => call.IsMethod);

        var refused = await Should.ThrowAsync<ContainerHostException>(() =>
            new TemplateMaker(scene.Services).MakeAsync(WindowsScene.NameOf("lab1"), null, Token)
        );

        refused.Saw.ShouldContain("there are no templates of it");
        refused.Try.ShouldContain("Linux guest");
        scene.Host.Calls.Count(call => call.IsMethod).ShouldBe(calls);
    }

    private void Nothing()
    {
        _scene.Leftovers().ShouldBeEmpty();
        Directory.Exists(_scene.Store.FolderOf(TemplateScene.NameOf(Golden)).Path).ShouldBeFalse();
        _scene.MachineOf(Golden).State.ShouldBe(HyperVState.Running);
    }

    private string DiskOf(string name) =>
        $@"D:\Hyper-V\Virtual Hard Disks\ContainerHost\{_scene.StateOf(name).InstanceId:D}\disk.vhdx";

    private void AreNoTwins(params string[] names)
    {
        var guests = names.Select(name => (Machine: _scene.MachineOf(name), State: _scene.StateOf(name))).ToList();
        var disks = guests.Select(one => _scene.Guest.Read(one.Machine)).ToList();
        IEnumerable<string?>[] marks =
        [
            disks.Select(disk => disk.InstanceId),
            disks.Select(disk => disk.Name),
            disks.Select(disk => disk.MachineId),
            disks.Select(disk => disk.HostKey),
            disks.Select(disk => disk.Password),
            disks.Select(disk => disk.Keys.ShouldHaveSingleItem()),
            guests.Select(one => _scene.Guest.MacOf(one.Machine)),
            guests.Select(one => one.State.HostPublicKey),
        ];
        foreach (var mark in marks)
            mark.Distinct().Count().ShouldBe(names.Length, string.Join(", ", mark));
        disks.ShouldAllBe(disk => disk.Password!.StartsWith("$6$", StringComparison.Ordinal));
    }
}
