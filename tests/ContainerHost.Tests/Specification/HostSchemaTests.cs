using Build.Tests.Bootstrap;
using ContainerHost.Labs;
using ContainerHost.Specification.Yaml;

namespace ContainerHost.Tests.Specification;

/// <summary>The schemas that editors complete and check files by.</summary>
public sealed class HostSchemaTests
{
    [Theory]
    [InlineData("host")]
    [InlineData("lab")]
    public void The_schema_in_the_documents_is_made_of_the_parameters(string file)
    {
        var text = file == "lab" ? LabSchema.Text() : HostSchema.Text();
        var path = Path.Combine(Repository.Root, $"docs/schema/{file}.schema.json");
        if (Environment.GetEnvironmentVariable("CONTAINERHOST_APPROVE") == "1")
            File.WriteAllText(path, text);

        File.ReadAllText(path).ShouldBe(text, "CONTAINERHOST_APPROVE=1 writes it anew");
    }
}
