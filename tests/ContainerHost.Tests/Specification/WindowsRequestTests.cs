using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;
using ContainerHost.Specification.Parameters;

namespace ContainerHost.Tests.Specification;

public sealed class WindowsRequestTests
{
    private const string Good = "--guest windows-server-2022 --accept-license";
    private const string Digest = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE";
    private const string Here = "/etc/hostname";

    public static TheoryData<string> ForWindowsOnly { get; } =
    [
        .. HostParameters
            .All.Where(row => row.For == Audience.Windows && !row.IsIgnoredElsewhere)
            .Select(row => row.Name),
    ];

    [Theory]
    [InlineData("--edition Home", "--edition 'Home'")]
    [InlineData("--edition NanoServer", "Nano Server is a container image today")]
    [InlineData("--iso /no/such.iso", "--iso '/no/such.iso'")]
    [InlineData("--iso https://x.example/a.iso", "needs --iso-sha256")]
    [InlineData($"--iso ftp://x.example/a.iso --iso-sha256 {Digest}", "--iso 'ftp://x.example/a.iso'")]
    [InlineData("--iso-sha256 abc", "64 hexadecimal digits")]
    [InlineData($"--iso-sha256 {Digest}", "--iso-sha256 needs --iso")]
    [InlineData($"--iso {Here} --disk-image {Here}", "exclude each other")]
    [InlineData("--memory 1GiB", "--memory 1GiB is too little")]
    [InlineData("--disk-size 20GiB", "--disk-size 20GiB is too little")]
    [InlineData("--password all-small-letters", "three of capitals")]
    [InlineData("--password Administrator-1", "not the user's name")]
    [InlineData("--runtime Docker --runtime-version 19", "29.8.1, 28.5.2, 27.5.1, 26.1.4 are")]
    [InlineData("--runtime None --runtime-version latest", "--runtime None has none")]
    [InlineData("--runtime Docker --docker-archive /no/such.zip", "--docker-archive '/no/such.zip'")]
    [InlineData("--runtime Docker --docker-archive https://x.example/docker.zip", "needs --docker-archive-sha256")]
    [InlineData($"--runtime Docker --docker-archive {Here} --runtime-version latest", "the archive has its version")]
    [InlineData($"--docker-archive {Here}", "--docker-archive needs --runtime Docker")]
    [InlineData("--guest windows-server-2016 --runtime Docker", "needs --docker-archive")]
    [InlineData("--guest windows-server-2016", "needs Windows Server 2019 or later")]
    [InlineData("--guest windows-server-2021", "Did you mean")]
    [InlineData("--installation Copy", "--installation 'Copy'")]
    [InlineData("--installation Apply --provider Qemu", "--installation Apply needs Hyper-V")]
    [InlineData(
        $"--installation Apply --provider HyperV --disk-image {Here}",
        "--installation Apply and --disk-image exclude each other"
    )]
    [InlineData("--devices Scsi", "--devices 'Scsi'")]
    [InlineData("--devices Virtio --provider Qemu", "--devices Virtio needs --virtio-drivers")]
    [InlineData("--devices Virtio --provider HyperV", "--devices Virtio needs QEMU")]
    [InlineData($"--virtio-drivers {Here}", "--virtio-drivers needs --devices Virtio")]
    [InlineData("--devices Virtio --virtio-drivers https://x.example/virtio-win.iso", "needs --virtio-drivers-sha256")]
    [InlineData($"--devices Virtio --disk-image {Here} --virtio-drivers {Here}", "must have the drivers already")]
    [InlineData("--openssh-package /no/such.cab", "--openssh-package '/no/such.cab'")]
    [InlineData($"--openssh-package {Here} --guest windows-server-2025", "would not be used here")]
    [InlineData($"--guest windows-server-2016 --runtime Docker --docker-archive {Here}", "needs --base-image")]
    [InlineData($"--openssh-package {Here} --openssh Release", "needs --openssh Capability")]
    [InlineData("--openssh Dropbear", "--openssh 'Dropbear'")]
    [InlineData("--container-subnet 8.8.8.0/24", "--container-subnet '8.8.8.0/24'")]
    [InlineData("--container-subnet 172.16.0.1/24", "--container-subnet")]
    [InlineData("--guest-shell Direct --provider Qemu", "PowerShell Direct does not cross the network")]
    [InlineData("--guest-shell Direct --provider HyperV --hyper-v-host lab7", "needs Hyper-V on this machine")]
    [InlineData("--base-image /no/such.tar", "--base-image '/no/such.tar'")]
    [InlineData("--catalog /no/such.json", "--catalog '/no/such.json'")]
    [InlineData($"--disk-image {Here} --answer-file {Here}", "set up already")]
    [InlineData($"--disk-image {Here} --time-zone UTC", "--time-zone is for set-up")]
    [InlineData($"--disk-image {Here} --keyboard de-DE", "--keyboard is for set-up")]
    [InlineData($"--disk-image {Here} --product-key {Key}", "--product-key is for set-up")]
    [InlineData("--time-zone Europe/Berlin", "--time-zone 'Europe/Berlin' is not valid")]
    [InlineData("--time-zone '(UTC+01:00) Amsterdam'", "'tzutil /l' lists it")]
    [InlineData("--keyboard qwertz", "--keyboard 'qwertz' is not valid")]
    [InlineData("--keyboard 0407:407", "--keyboard '0407:407' is not valid")]
    [InlineData("--keyboard 'de-DE;'", "--keyboard 'de-DE;' is not valid")]
    [InlineData($"--product-key {Key}", "evaluation media, which take no key")]
    public void What_is_wrong_is_told(string typed, string told) => Refused($"{Good} {typed}", told);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("0409:00010409")]
    [InlineData("en-US; fr-FR; 0c0a:0000040a")]
    [InlineData("0411:{03B5835F-F03C-411B-9CE2-AA23E1171E36}{A76C93D9-5523-4E90-AAFA-4DB112F9AC76}")]
    public void A_keyboard_is_a_language_or_a_layout_or_several(string keyboard) =>
        Typed.Spec($"{Good} --keyboard '{keyboard}'").Windows!.Keyboard.ShouldBe(keyboard);

    [Fact]
    public void A_product_key_is_known_again_by_a_hash_and_never_shown()
    {
        var spec = Typed.Spec($"{Good} --iso {Here} --product-key {Key}");

        Typed.Spec($"{Good} --iso {Here} --product-key {Key.ToLowerInvariant()}").ShouldBe(spec);
        spec.ToString().ShouldNotContain(Key);
        SpecChange.Between(Typed.Spec($"{Good} --iso {Here}"), spec, Change.MakeAnew).ShouldHaveSingleItem();
        var error = Should.Throw<InvalidInputException>(() => Typed.Spec($"{Good} --product-key not-a-key"));
        error.Message.ShouldContain("--product-key must be five groups");
        error.Message.ShouldNotContain("not-a-key");
    }

    [Fact]
    public void A_password_has_no_more_letters_than_windows_takes() =>
        Refused($"{Good} --password Aa1{new string('x', 125)}", "8 to 127 characters for Windows");

    [Fact]
    public void The_licence_must_be_accepted() =>
        Refused(
            "--guest windows-server-2022",
            "licence terms: https://www.microsoft.com/evalcenter/evaluate-windows-server-2022"
        );

    [Theory]
    [MemberData(nameof(ForWindowsOnly))]
    public void What_is_for_windows_is_refused_for_others(string parameter) =>
        Refused($"--{parameter} x", $"--{parameter} needs a Windows guest");

    [Fact]
    public void A_windows_host_has_defaults_of_its_own()
    {
        var spec = Typed.Spec(Good);
        (spec.Memory, spec.DiskSize, spec.Cpus).ShouldBe((ByteSize.FromGiB(4), ByteSize.FromGiB(40), 2));
        spec.Windows.ShouldBe(new WindowsSpec { LicenseAccepted = true });
        spec.Windows!.ContainerSubnet.ToString().ShouldBe("172.16.0.0/24");
    }

    [Fact]
    public void The_licence_is_accepted_once()
    {
        var spec = Typed.Spec(Good);
        Typed.Request("--guest windows-server-2022").ToSpec(spec).Windows!.LicenseAccepted.ShouldBeTrue();
    }

    [Fact]
    public void A_ready_disk_needs_no_licence_of_a_medium() =>
        Typed.Spec($"--guest windows-server-2022 --disk-image {Here}").Windows!.LicenseAccepted.ShouldBeFalse();

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
        var spec = Typed.Spec($"{Good} --runtime-version '>=2.0 <3' --container-subnet 10.1.0.0/16");
        var text = System.Text.Json.JsonSerializer.Serialize(spec, SpecificationJson.Options);
        System.Text.Json.JsonSerializer.Deserialize<HostSpec>(text, SpecificationJson.Options).ShouldBe(spec);
    }

    private static void Refused(string typed, string told) =>
        Should
            .Throw<InvalidInputException>(() => Typed.Spec(typed))
            .Problems.ShouldContain(problem => problem.Contains(told));
}
