using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Networks;
using ContainerHost.Specification;
using ContainerHost.Tests.Specification;
using Serilog.Core;

namespace ContainerHost.Tests.Hosts;

public sealed class ProvisionerInputTests : FolderTest
{
    [Fact]
    public async Task An_answer_file_is_judged_by_its_guest_though_other_input_is_wrong()
    {
        var answers = Put("answers.xml", """<unattend xmlns="urn:schemas-microsoft-com:unattend" />""");
        var folders = new LocalFolders(In("hosts"), Folder, Folder);
        var services = LocalServices.Create(folders, Logger.None, new NetworkAccess());
        var wrong = Typed.Request("--guest windows-server-2022 --accept-license --cpus 0");
        var request = wrong.With("answer-file", answers);

        var error = await Should.ThrowAsync<InvalidInputException>(
            Provisioner.OpenAsync(services, request, recreate: false, Token)
        );

        error.Problems.ShouldHaveSingleItem().ShouldStartWith("--cpus '0'");
        Directory.Exists(In("hosts")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_file_may_be_a_pipe_and_is_read_once()
    {
        var pipe = await PipeAsync();
        // Opening it waits for the reader.
        var writing = Task.Run(() => File.WriteAllText(pipe, "#cloud-config\ntimezone: UTC\n"), Token);

        using var provisioner = await OpenAsync(pipe, Token);

        await writing;
        provisioner.Spec.AnswerFileDigest.ShouldBe(Fingerprint.OfText("#cloud-config\ntimezone: UTC\n"));
    }

    [Fact]
    public async Task A_pipe_that_nobody_writes_to_ends_with_the_run()
    {
        using var run = new CancellationTokenSource();
        var opening = OpenAsync(await PipeAsync(), run.Token);

        await run.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(opening);
    }

    private async Task<string> PipeAsync()
    {
        await RealTool.RunAsync("mkfifo", In("pipe"));
        return In("pipe");
    }

    private Task<Provisioner> OpenAsync(string answers, CancellationToken cancellationToken)
    {
        var folders = new LocalFolders(In("hosts"), Folder, Folder);
        var services = LocalServices.Create(folders, Logger.None, new NetworkAccess());
        var request = Typed.Request("--provider Qemu --guest debian-12").With("answer-file", answers);
        return Provisioner.OpenAsync(services, request, recreate: false, cancellationToken);
    }
}
