using ContainerHost.Errors;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Specification;

public sealed class WindowsRequestTests
{
    private static readonly HostRequest Good = new() { Guest = "windows-server-2022", AcceptLicense = true };

    public static TheoryData<HostRequest, string> BadRequests { get; } =
        new()
        {
            {
                Good with
                {
                    AcceptLicense = false,
                },
                "licence terms: https://www.microsoft.com/evalcenter/evaluate-windows-server-2022"
            },
            { Good with { Edition = "Home" }, "--edition 'Home'" },
            { Good with { Edition = "NanoServer" }, "Nano Server is a container image today" },
            { Good with { Iso = "/no/such.iso" }, "--iso '/no/such.iso'" },
            { Good with { Iso = "https://x.example/a.iso" }, "needs --iso-sha256" },
            {
                Good with
                {
                    Iso = "ftp://x.example/a.iso",
                    IsoSha256 = new string('a', 64),
                },
                "--iso 'ftp://x.example/a.iso'"
            },
            { Good with { IsoSha256 = "abc" }, "64 hexadecimal digits" },
            { Good with { IsoSha256 = new string('a', 64) }, "--iso-sha256 needs --iso" },
            { Good with { Iso = "/etc/hostname", DiskImage = "/etc/hostname" }, "exclude each other" },
            { Good with { Memory = "1GiB" }, "--memory 1GiB is too little" },
            { Good with { DiskSize = "20GiB" }, "--disk-size 20GiB is too little" },
            { Good with { Password = "all-small-letters" }, "three of capitals" },
            { Good with { Password = "Administrator-1" }, "not the user's name" },
            { Good with { Runtime = "Docker", RuntimeVersion = "19" }, "29.8.1, 28.5.2, 27.5.1, 26.1.4 are" },
            { Good with { Runtime = "None", RuntimeVersion = "latest" }, "--runtime None has none" },
            { Good with { Runtime = "Docker", DockerArchive = "/no/such.zip" }, "--docker-archive '/no/such.zip'" },
            {
                Good with
                {
                    Runtime = "Docker",
                    DockerArchive = "https://x.example/docker.zip",
                },
                "needs --docker-archive-sha256"
            },
            {
                Good with
                {
                    Runtime = "Docker",
                    DockerArchive = "/etc/hostname",
                    RuntimeVersion = "latest",
                },
                "the archive has its version"
            },
            { Good with { DockerArchive = "/etc/hostname" }, "--docker-archive needs --runtime Docker" },
            { Good with { Guest = "windows-server-2016", Runtime = "Docker" }, "needs --docker-archive" },
            { Good with { Guest = "windows-server-2016" }, "needs Windows Server 2019 or later" },
            { Good with { Guest = "windows-server-2021" }, "Did you mean" },
            { Good with { Installation = "Copy" }, "--installation 'Copy'" },
            { Good with { Installation = "Apply", Provider = "Qemu" }, "--installation Apply needs Hyper-V" },
            {
                Good with
                {
                    Installation = "Apply",
                    Provider = "HyperV",
                    DiskImage = "/etc/hostname",
                },
                "--installation Apply and --disk-image exclude each other"
            },
            { Good with { Devices = "Scsi" }, "--devices 'Scsi'" },
            { Good with { Devices = "Virtio", Provider = "Qemu" }, "--devices Virtio needs --virtio-drivers" },
            { Good with { Devices = "Virtio", Provider = "HyperV" }, "--devices Virtio needs QEMU" },
            { Good with { VirtioDrivers = "/etc/hostname" }, "--virtio-drivers needs --devices Virtio" },
            {
                Good with
                {
                    Devices = "Virtio",
                    VirtioDrivers = "https://x.example/virtio-win.iso",
                },
                "needs --virtio-drivers-sha256"
            },
            {
                Good with
                {
                    Devices = "Virtio",
                    DiskImage = "/etc/hostname",
                    VirtioDrivers = "/etc/hostname",
                },
                "must have the drivers already"
            },
            {
                new HostRequest { Devices = "Virtio" },
                "--devices needs a Windows guest"
            },
            { Good with { OpenSshPackage = "/no/such.cab" }, "--openssh-package '/no/such.cab'" },
            { Good with { OpenSshPackage = "/etc/hostname", Guest = "windows-server-2025" }, "would not be used here" },
            {
                Good with
                {
                    Guest = "windows-server-2016",
                    Runtime = "Docker",
                    DockerArchive = "/etc/hostname",
                },
                "needs --base-image"
            },
            { Good with { OpenSshPackage = "/etc/hostname", OpenSsh = "Release" }, "needs --openssh Capability" },
            { Good with { OpenSsh = "Dropbear" }, "--openssh 'Dropbear'" },
            { Good with { ContainerSubnet = "8.8.8.0/24" }, "--container-subnet '8.8.8.0/24'" },
            { Good with { ContainerSubnet = "172.16.0.1/24" }, "--container-subnet" },
            { Good with { GuestShell = "Direct", Provider = "Qemu" }, "PowerShell Direct does not cross the network" },
            {
                Good with
                {
                    GuestShell = "Direct",
                    Provider = "HyperV",
                    HyperVHost = "lab7",
                },
                "needs Hyper-V on this machine"
            },
            { Good with { BaseImage = "/no/such.tar" }, "--base-image '/no/such.tar'" },
            { Good with { Catalog = "/no/such.json" }, "--catalog '/no/such.json'" },
            { Good with { DiskImage = "/etc/hostname", AnswerFile = "/etc/hostname" }, "set up already" },
            {
                new HostRequest { Edition = "ServerStandard" },
                "--edition needs a Windows guest"
            },
            {
                new HostRequest { Iso = "/etc/hostname" },
                "--iso needs a Windows guest"
            },
            {
                new HostRequest { Installation = "Apply" },
                "--installation needs a Windows guest"
            },
            {
                new HostRequest { ContainerSubnet = "172.16.0.0/24" },
                "--container-subnet needs a Windows guest"
            },
            {
                new HostRequest { BaseImage = "/etc/hostname" },
                "--base-image needs a Windows guest"
            },
        };

    [Theory]
    [MemberData(nameof(BadRequests))]
    public void What_is_wrong_is_told(HostRequest request, string told) =>
        Should
            .Throw<InvalidInputException>(() => request.ToSpec())
            .Problems.ShouldContain(problem => problem.Contains(told));

    [Fact]
    public void A_windows_host_has_defaults_of_its_own()
    {
        var spec = Good.ToSpec();
        (spec.Memory, spec.DiskSize, spec.Cpus).ShouldBe((ByteSize.FromGiB(4), ByteSize.FromGiB(40), 2));
        spec.Windows.ShouldBe(new WindowsSpec { LicenseAccepted = true });
        spec.Windows!.ContainerSubnet.ToString().ShouldBe("172.16.0.0/24");
    }

    [Fact]
    public void The_licence_is_accepted_once()
    {
        var spec = Good.ToSpec();
        (Good with { AcceptLicense = false }).ToSpec(spec).Windows!.LicenseAccepted.ShouldBeTrue();
    }

    [Fact]
    public void A_ready_disk_needs_no_licence_of_a_medium() =>
        (Good with { AcceptLicense = false, DiskImage = "/etc/hostname" })
            .ToSpec()
            .Windows!.LicenseAccepted.ShouldBeFalse();

    [Theory]
    [InlineData("172.16.0.0/24", "172.16.0.1")]
    [InlineData("10.0.0.0/8", "10.0.0.1")]
    [InlineData("192.168.44.8/29", "192.168.44.9")]
    public void The_first_address_of_a_subnet_is_its_gateway(string text, string gateway)
    {
        ContainerSubnet.TryParse(text, out var subnet).ShouldBeTrue();
        subnet!.Gateway.ShouldBe(gateway);
    }

    [Theory]
    [InlineData("172.16.0.0")]
    [InlineData("172.32.0.0/16")]
    [InlineData("192.168.0.0/30")]
    [InlineData("10.0.0.0/7")]
    [InlineData("172.0.0.0/8")]
    [InlineData("fd00::/64")]
    [InlineData("")]
    public void Other_networks_are_refused(string text) => ContainerSubnet.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_spec_comes_back_from_its_file()
    {
        var spec = (Good with { RuntimeVersion = ">=2.0 <3", ContainerSubnet = "10.1.0.0/16" }).ToSpec();
        var text = System.Text.Json.JsonSerializer.Serialize(spec, SpecificationJson.Options);
        System.Text.Json.JsonSerializer.Deserialize<HostSpec>(text, SpecificationJson.Options).ShouldBe(spec);
    }
}
