using Build.Tests.Bootstrap;
using ContainerHost.Labs;

namespace ContainerHost.Tests.Labs;

public sealed class LabSchemaTests
{
    [Fact]
    public void The_schema_in_the_documents_is_made_of_the_parameters()
    {
        var path = Path.Combine(Repository.Root, "docs/schema/lab.schema.json");
        if (Environment.GetEnvironmentVariable("CONTAINERHOST_APPROVE") == "1")
            File.WriteAllText(path, LabSchema.Text());

        File.ReadAllText(path).ShouldBe(LabSchema.Text(), "CONTAINERHOST_APPROVE=1 writes it anew");
    }
}
