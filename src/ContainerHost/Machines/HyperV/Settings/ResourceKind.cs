namespace ContainerHost.Machines.HyperV.Settings;

/// <summary>A kind of device, by the subtype that Hyper-V names it with and the class of its settings.</summary>
internal sealed record ResourceKind(string SubType, string ClassName)
{
    private const string Resource = "Msvm_ResourceAllocationSettingData";
    private const string Storage = "Msvm_StorageAllocationSettingData";

    /// <summary>Every kind that the product gives machines.</summary>
    public static IReadOnlyList<ResourceKind> All =>
        [
            Processor,
            Memory,
            ScsiController,
            DiskDrive,
            HardDisk,
            DvdDrive,
            DvdDisk,
            EthernetPort,
            EthernetConnection,
            SerialPort,
        ];

    public static ResourceKind Processor { get; } = new("Microsoft:Hyper-V:Processor", "Msvm_ProcessorSettingData");
    public static ResourceKind Memory { get; } = new("Microsoft:Hyper-V:Memory", "Msvm_MemorySettingData");
    public static ResourceKind ScsiController { get; } = new("Microsoft:Hyper-V:Synthetic SCSI Controller", Resource);
    public static ResourceKind DiskDrive { get; } = new("Microsoft:Hyper-V:Synthetic Disk Drive", Resource);
    public static ResourceKind HardDisk { get; } = new("Microsoft:Hyper-V:Virtual Hard Disk", Storage);
    public static ResourceKind DvdDrive { get; } = new("Microsoft:Hyper-V:Synthetic DVD Drive", Resource);
    public static ResourceKind DvdDisk { get; } = new("Microsoft:Hyper-V:Virtual CD/DVD Disk", Storage);
    public static ResourceKind EthernetPort { get; } =
        new("Microsoft:Hyper-V:Synthetic Ethernet Port", "Msvm_SyntheticEthernetPortSettingData");
    public static ResourceKind EthernetConnection { get; } =
        new("Microsoft:Hyper-V:Ethernet Connection", "Msvm_EthernetPortAllocationSettingData");
    public static ResourceKind SerialPort { get; } = new("Microsoft:Hyper-V:Serial Port", "Msvm_SerialPortSettingData");
}
