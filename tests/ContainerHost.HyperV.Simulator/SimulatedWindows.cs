using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator;

/// <summary>The little of root\cimv2 that is asked.</summary>
internal sealed class SimulatedWindows(SimulatedHost host) : ICimNamespace
{
    private const uint Server = 3;

    public string Host => "SIMULATED";

    private SimulatedFacts Facts => host.Options.Windows;

    public Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var instance = new CimObject(query.ClassName);
        IReadOnlyList<CimObject> found = query.ClassName switch
        {
            "Win32_OperatingSystem" =>
            [
                instance.With(
                    CimProperty.String("BuildNumber", $"{host.Options.Build}"),
                    CimProperty.UInt32("ProductType", Server),
                    CimProperty.String("Caption", "Microsoft Windows Server 2022 Datacenter")
                ),
            ],
            "Win32_Processor" =>
            [
                instance.With(
                    CimProperty.String("Manufacturer", host.Options.Vendor),
                    CimProperty.Boolean("VirtualizationFirmwareEnabled", Facts.FirmwareEnabled)
                ),
            ],
            "Win32_ComputerSystem" =>
            [
                instance.With(
                    CimProperty.UInt64("TotalPhysicalMemory", (ulong)Facts.Memory),
                    CimProperty.Boolean("HypervisorPresent", Facts.HypervisorRuns)
                ),
            ],
            "Win32_Service" when Facts.Service is { } state => [instance.With(CimProperty.String("State", state))],
            _ => [],
        };
        return Task.FromResult(found);
    }

    public Task<CimObject> GetAsync(CimPath path, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<CimObject>> AssociatorsAsync(
        CimPath source,
        string association,
        string resultClass,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<CimMethodResult> InvokeAsync(CimCall call, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
