using ContainerHost.HyperV.Simulator.Faults;
using Xunit.Sdk;

namespace ContainerHost.HyperV.Tests.Faults;

/// <summary>One call of a creation, by its number and name, and how it fails.</summary>
public sealed class SweepCase : IXunitSerializable
{
    public SweepCase() { }

    public SweepCase(SimulatedCall call, Fault fault)
    {
        Number = call.Number;
        Name = call.Name;
        Fault = fault;
    }

    public int Number { get; private set; }

    public string Name { get; private set; } = "";

    public Fault Fault { get; private set; } = new(FaultKind.Code);

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue("number", Number);
        info.AddValue("name", Name);
        info.AddValue("kind", Fault.Kind);
        info.AddValue("code", Fault.Code);
    }

    public void Deserialize(IXunitSerializationInfo info)
    {
        Number = info.GetValue<int>("number");
        Name = info.GetValue<string>("name")!;
        Fault = new Fault(info.GetValue<FaultKind>("kind"), info.GetValue<uint>("code"));
    }

    public override string ToString() => $"{Number}: {Name}: {Fault}";
}
