using ContainerHost.Runtimes;
using ContainerHost.Verification;

namespace ContainerHost.Tests.Verification.Reports;

/// <summary>Reports as real hosts give them.</summary>
internal static class SampleReport
{
    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 9, 30, 15, TimeSpan.Zero);

    public static CheckResult Good { get; } =
        new()
        {
            Id = "login",
            Title = "Log in with the chosen credentials",
            Passed = true,
            DurationMs = 1234,
            Evidence = "$ id -un\ncontainerhost",
        };

    public static CheckResult Bad { get; } =
        new()
        {
            Id = "isolation-vm",
            Title = "Run a container in a virtual machine of its own",
            Passed = false,
            DurationMs = 61_500,
            Evidence = "[    0.00] Linux version 6.1.0\n[    9.81] Kernel panic - not syncing: no init found",
            Problem =
                "The container's text did not come on its console.\nTry: look at the console above; more memory may help.",
        };

    /// <summary>Of an image that fails in a virtual machine.</summary>
    public static VerificationReport OfImages =>
        Of(Good, Bad) with
        {
            LockFileSha256 = new string('b', 64),
            Images =
            [
                new()
                {
                    Image = "registry.example/app:1",
                    Source = "/images/app.tar",
                    FileSha256 = new string('c', 64),
                    Digest = $"sha256:{new string('d', 64)}",
                    ImageId = $"sha256:{new string('e', 64)}",
                    Platform = "linux/amd64",
                    Size = 7_340_032,
                    Layers = [new($"sha256:{new string('f', 64)}", 3_145_728)],
                    Command = ["/bin/app", "--check <all>"],
                    Verdicts = [new("Process", true, Good.Id), new("HyperV", false, Bad.Id)],
                },
            ],
        };

    public static VerificationReport Of(params IReadOnlyList<CheckResult> checks) =>
        new()
        {
            Host = "lab-1",
            Guest = "Debian GNU/Linux 12 (bookworm)",
            Hypervisor = new("QEMU 7.2.22", "tcg", "software emulation, since no guest starts under KVM"),
            StartedAt = Start,
            DurationMs = 95_000,
            Checks = checks,
            Timeline =
            [
                new("CreateVm", Start.AddHours(-26), 41_000, "started, cloud-init done, address 10.0.2.15"),
                new("EnableNested", Start.AddHours(-26).AddSeconds(41), 300, "a virtual machine was made in the guest"),
                new("InstallContainers", Start.AddHours(-26).AddSeconds(42), 63_000, "containerd 1.6.20"),
                new("Verify", Start, 95_000, ""),
            ],
            Artifacts =
            [
                new("containerd", "1.6.20~ds1-1+deb12u1", "apt:bookworm", new string('a', 64)),
                new("boot-media", "3f9c01d2a7be", "apt:bookworm", new string('0', 64)),
            ],
        };
}
