using System.Text.Json.Nodes;
using ContainerHost.Errors;
using ContainerHost.Machines.Qemu;

namespace ContainerHost.Tests.Machines.Qemu;

public sealed class QmpClientTests
{
    private const string Done = """{"return": {}}""";

    [Fact]
    public async Task A_command_is_sent_with_its_arguments_and_its_answer_returned()
    {
        await using var server = new FakeQmp(FakeQmp.Greeting, Done, """{"return": {"status": "running"}}""");
        await using var client = await QmpClient.ConnectAsync(server.Path, Token);

        var answer = await client.ExecuteAsync("query-status", new JsonObject { ["file"] = "a \"b\"\n" }, Token);

        answer!["status"]!.GetValue<string>().ShouldBe("running");
        server.Received[0].ShouldBe("""{"execute":"qmp_capabilities"}""");
        var sent = JsonNode.Parse(server.Received[1])!;
        sent["execute"]!.GetValue<string>().ShouldBe("query-status");
        sent["arguments"]!["file"]!.GetValue<string>().ShouldBe("a \"b\"\n");
    }

    [Fact]
    public async Task Events_between_command_and_answer_are_passed_over()
    {
        const string Events = """{"event": "RESUME", "timestamp": {"seconds": 1}}""" + "\n" + """{"event": "STOP"}""";
        await using var server = new FakeQmp(FakeQmp.Greeting, Done, $"{Events}\n{Done}");
        await using var client = await QmpClient.ConnectAsync(server.Path, Token);

        (await client.ExecuteAsync("cont", null, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_qemu_refuses_is_told_in_its_words()
    {
        const string Refusal = """{"error": {"class": "GenericError", "desc": "no such device"}}""";
        await using var server = new FakeQmp(FakeQmp.Greeting, Done, Refusal);
        await using var client = await QmpClient.ConnectAsync(server.Path, Token);

        var refused = await Should.ThrowAsync<ContainerHostException>(() => client.ExecuteAsync("eject", null, Token));

        refused.Attempted.ShouldBe("have QEMU execute 'eject'");
        refused.Saw.ShouldBe("no such device");
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_an_error_and_not_a_wait()
    {
        await using var server = new FakeQmp(FakeQmp.Greeting, Done);
        await using var client = await QmpClient.ConnectAsync(server.Path, Token);

        var cut = await Should.ThrowAsync<Exception>(() => client.ExecuteAsync("query-status", null, Token));

        (cut is ContainerHostException { Saw: "QEMU closed the connection" } or IOException).ShouldBeTrue($"{cut}");
    }

    [Fact]
    public async Task Somebody_else_on_the_socket_is_told_apart()
    {
        await using var server = new FakeQmp("SSH-2.0-OpenSSH_9.2");

        var connect = QmpClient.ConnectAsync(server.Path, Token);
        var stranger = await Should.ThrowAsync<ContainerHostException>(connect);

        stranger.Saw.ShouldContain("not JSON: SSH-2.0");
    }
}
