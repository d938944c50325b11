using System.Text.Json.Nodes;
using Build.Tests.Bootstrap;
using Json.Schema;

namespace Build.Tests.Ci;

/// <summary>The files of CI systems by the schemas that their vendors publish.</summary>
public sealed class SchemaTests(NpmPackages npm) : IClassFixture<NpmPackages>
{
    private const string GitHub = "github-workflow.json";
    private const string Azure =
        "raw.githubusercontent.com/microsoft/azure-pipelines-vscode/master/service-schema.json";
    private const string GitLab =
        "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json";

    [Theory]
    [InlineData(".github/workflows/lab-hosts.yml", GitHub)]
    [InlineData(".github/workflows/ci.yml", GitHub)]
    [InlineData(".github/workflows/hyper-v.yml", GitHub)]
    [InlineData("azure-pipelines.yml", Azure)]
    [InlineData(".gitlab-ci.yml", GitLab)]
    public void Every_file_is_what_its_vendor_allows(string path, string schema)
    {
        var results = Evaluate(schema, File.ReadAllText(Path.Combine(Repository.Root, path)));

        results.IsValid.ShouldBeTrue(Told(results));
    }

    [Theory]
    [InlineData(".github/workflows/lab-hosts.yml", GitHub, "runs-on:", "run-on:")]
    [InlineData(".github/workflows/lab-hosts.yml", GitHub, "contents: read", "contents: reed")]
    [InlineData("azure-pipelines.yml", Azure, "timeoutInMinutes: 65", "timeoutInMinutes: [65]")]
    [InlineData("azure-pipelines.yml", Azure, "autoCancel: true", "autoCancle: true")]
    [InlineData(".gitlab-ci.yml", GitLab, "after_script:", "afterscript:")]
    [InlineData(".gitlab-ci.yml", GitLab, "when: always", "when: ever")]
    public void A_file_that_is_broken_is_refused(string path, string schema, string from, string to)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        text.ShouldContain(from);

        Evaluate(schema, text.Replace(from, to, StringComparison.Ordinal)).IsValid.ShouldBeFalse();
    }

    private EvaluationResults Evaluate(string schema, string yaml)
    {
        var document = JsonNode.Parse(File.ReadAllText(Path.Combine(npm.Schemas, schema)))!.AsObject();
        // Some call themselves by the address that another file has too, or by none that is one.
        document.Remove("$id");
        // JSON Schema's own address of this draft ends in '#', which some leave out.
        document["$schema"] = "http://json-schema.org/draft-07/schema#";
        return JsonSchema
            .FromText(document.ToJsonString())
            .Evaluate(YamlJson.Read(yaml), new EvaluationOptions { OutputFormat = OutputFormat.List });
    }

    private static string Told(EvaluationResults results) =>
        string.Join(
            '\n',
            results
                .Details.Where(one => one.HasErrors)
                .Select(one => $"{one.InstanceLocation}: {string.Join("; ", one.Errors!.Values)}")
        );
}
