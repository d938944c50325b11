using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator;

/// <summary>The little of root\cimv2 that is asked.</summary>
internal sealed class SimulatedWindows(SimulatedHost host) : ICimNamespace
{
    private const uint Server = 3;

    public string Host => "SIMULATED";

    public Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var options = host.Options;
        CimProperty[]? found = query.ClassName switch
        {
            "Win32_OperatingSystem" =>
            [
                CimProperty.String("BuildNumber", $"{options.Build}"),
                CimProperty.UInt32("ProductType", Server),
                CimProperty.String("Caption", "Microsoft Windows Server 2022 Datacenter"),
            ],
            "Win32_Processor" =>
            [
                CimProperty.UInt16("Architecture", options.Architecture),
                CimProperty.String("Manufacturer", options.Vendor),
                CimProperty.Boolean("VirtualizationFirmwareEnabled", options.FirmwareEnabled),
            ],
            "Win32_ComputerSystem" =>
            [
                CimProperty.String("Name", "SIMULATED"),
                CimProperty.UInt32("NumberOfLogicalProcessors", options.Processors),
                CimProperty.UInt64("TotalPhysicalMemory", (ulong)options.Memory),
                CimProperty.Boolean("HypervisorPresent", options.HypervisorRuns),
            ],
            "Win32_Volume" =>
            [
                CimProperty.String("Name", @"D:\"),
                CimProperty.UInt64("FreeSpace", (ulong)options.FreeSpace),
            ],
            "Win32_Service" when options.Service is { } state => [CimProperty.String("State", state)],
            _ => null,
        };
        return Task.FromResult<IReadOnlyList<CimObject>>(
            found is null ? [] : [new CimObject(query.ClassName).With(found)]
        );
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
