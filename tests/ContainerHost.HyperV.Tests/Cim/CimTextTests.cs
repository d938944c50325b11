using ContainerHost.HyperV.Simulator;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;
using FsCheck;
using FsCheck.Fluent;

namespace ContainerHost.HyperV.Tests.Cim;

/// <summary>Whatever a name is made of, it stays one value in a query, a path and an embedded instance.</summary>
public sealed class CimTextTests
{
    private static readonly Gen<string> Names = Gen.ArrayOf(
            Gen.Elements<string>([
                .. "'\"\\%_;[\täx机\u00A0".Select(c => $"{c}"),
                "--",
                " OR ",
                "]]>",
                "<a>",
                "&amp;",
                "дом",
            ])
        )
        .Select(string.Concat);

    [Fact]
    public void A_name_in_a_path_is_read_back() =>
        Holds(name =>
            (string)CimPath.Parse(CimPath.Of("Msvm_X", ("Name", name), ("Other", name)).ToString()).Keys["Name"] == name
        );

    [Fact]
    public void A_name_in_an_embedded_instance_is_read_back() =>
        Holds(name =>
        {
            var written = CimXml.Write(
                new CimObject("Msvm_X").With(
                    CimProperty.String("One", name),
                    CimProperty.Strings("Many", name, "", name)
                )
            );
            var read = CimXml.Read(written);
            return read.Text("One") == name && read.Get<string[]>("Many")!.SequenceEqual([name, "", name]);
        });

    [Fact]
    public void A_name_in_a_query_ends_where_it_ends() =>
        Holds(name =>
        {
            var text = WqlQuery.From("Msvm_X").Where("ElementName", name).Where("Caption", "end").ToString();
            var (value, rest) = ReadLiteral(text["SELECT * FROM Msvm_X WHERE ElementName = ".Length..]);
            return value == name && rest == " AND Caption = 'end'";
        });

    [Fact]
    public void A_query_with_any_name_finds_its_machine_and_no_other() =>
        Holds(name =>
        {
            var host = new SimulatedHost(new HostOptions());
            host.Machines.Define($"a{name}");
            host.Machines.Define("other");
            var machines = new VirtualMachines(host.ToHost());
            return machines.MarksOfAsync($"a{name}", CancellationToken.None).GetAwaiter().GetResult().Count == 1;
        });

    [Theory]
    [InlineData("00000002030405.000006:000")]
    [InlineData("20261124101112.000345+060")]
    [InlineData("20261124101112.999999-300")]
    public void A_datetime_is_read_and_written_the_same(string text) =>
        CimText.Write(CimText.Read(CimType.DateTime, text)).ShouldBe(text);

    [Theory]
    [InlineData("uint8", "256")]
    [InlineData("boolean", "maybe")]
    [InlineData("datetime", "yesterday")]
    [InlineData("reference", "nowhere")]
    public void What_is_no_value_of_the_type_is_refused(string type, string text) =>
        Should.Throw<FormatException>(() => CimText.Read(CimText.TypeNamed(type), text));

    [Theory]
    [InlineData("Msvm_X")]
    [InlineData("Msvm_X.Name=")]
    [InlineData("Msvm_X.Name=\"a")]
    [InlineData("Msvm_X.Name=\"a\",Name=\"b\"")]
    [InlineData(@"\\host:Msvm_X.Name=""a""")]
    public void What_is_no_path_is_refused(string text) => CimPath.TryParse(text, out _).ShouldBeFalse();

    private static void Holds(Func<string, bool> property) =>
        Prop.ForAll(Names.ToArbitrary(), property).QuickCheckThrowOnFailure();

    // A reader of WQL's literals as Microsoft documents them, independent of the writer.
    private static (string Value, string After) ReadLiteral(string text)
    {
        text[0].ShouldBe('\'');
        var value = new System.Text.StringBuilder();
        for (var at = 1; ; at++)
        {
            if (text[at] == '\'')
                return (value.ToString(), text[(at + 1)..]);
            if (text[at] == '\\')
                at++;
            value.Append(text[at]);
        }
    }
}
