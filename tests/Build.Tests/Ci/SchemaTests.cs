using Build.Tests.Bootstrap;

namespace Build.Tests.Ci;

/// <summary>The files of CI systems by the schemas that their vendors publish.</summary>
public sealed class SchemaTests(NpmPackages npm) : IClassFixture<NpmPackages>
{
    private const string GitHub = "github-workflow.json";
    private const string Azure =
        "raw.githubusercontent.com/microsoft/azure-pipelines-vscode/master/service-schema.json";
    private const string GitLab =
        "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json";

    // Its own address and draft are left out: ajv would look for a schema of the draft by that very spelling. Azure takes scalars for
    // texts or booleans as its tasks want them, and its schema says now this and now that.
    private const string Script = """
        const Ajv = require('ajv').default;
        const [name, text, coerceTypes] = process.argv.slice(2);
        const { $schema, $id, ...schema } = require(`schemastore/schemas/json/${name}`);
        const lenient = { strict: false, validateFormats: false, unicodeRegExp: false, logger: false };
        const ajv = new Ajv({ ...lenient, allErrors: true, coerceTypes: coerceTypes === 'true' });
        const validate = ajv.compile(schema);
        validate(JSON.parse(text));
        console.log(JSON.stringify((validate.errors ?? []).map(one => `${one.instancePath}: ${one.message}`)));
        """;

    [Theory]
    [InlineData(".github/workflows/lab-hosts.yml", GitHub)]
    [InlineData(".github/workflows/ci.yml", GitHub)]
    [InlineData(".github/workflows/hyper-v.yml", GitHub)]
    [InlineData("azure-pipelines.yml", Azure)]
    [InlineData(".gitlab-ci.yml", GitLab)]
    public async Task Every_file_is_what_its_vendor_allows(string path, string schema) =>
        (await ErrorsAsync(schema, Text(path))).ShouldBeEmpty();

    [Theory]
    [InlineData(".github/workflows/lab-hosts.yml", GitHub, "runs-on:", "run-on:")]
    [InlineData(".github/workflows/lab-hosts.yml", GitHub, "contents: read", "contents: reed")]
    [InlineData("azure-pipelines.yml", Azure, "timeoutInMinutes: 65", "timeoutInMinutes: [65]")]
    [InlineData("azure-pipelines.yml", Azure, "autoCancel: true", "autoCancle: true")]
    [InlineData(".gitlab-ci.yml", GitLab, "after_script:", "afterscript:")]
    [InlineData(".gitlab-ci.yml", GitLab, "when: always", "when: ever")]
    public async Task A_file_that_is_broken_is_refused(string path, string schema, string from, string to)
    {
        var text = Text(path);
        text.ShouldContain(from);

        (await ErrorsAsync(schema, text.Replace(from, to, StringComparison.Ordinal))).ShouldNotBeEmpty();
    }

    private static string Text(string path) =>
        File.ReadAllText(Path.Combine(Repository.Root, path))
            // Younger than this schema, which lists hosted machines; actionlint knows it.
            .Replace("runs-on: ubuntu-24.04", "runs-on: ubuntu-22.04", StringComparison.Ordinal);

    private async Task<IReadOnlyList<string>> ErrorsAsync(string schema, string yaml)
    {
        var document = YamlJson.Read(yaml)!.ToJsonString();
        var coerces = schema == Azure ? "true" : "false";
        return [.. (await npm.RunAsync(Script, schema, document, coerces)).AsArray().Select(one => (string)one!)];
    }
}
