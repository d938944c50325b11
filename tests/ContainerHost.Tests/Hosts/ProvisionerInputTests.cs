using ContainerHost.Errors;
using ContainerHost.Files;
using ContainerHost.Hosts;
using ContainerHost.Media.Downloads;
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
}
