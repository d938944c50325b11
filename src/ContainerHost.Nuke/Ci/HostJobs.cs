using System.Globalization;
using System.Text.RegularExpressions;
using ContainerHost.Errors;
using ContainerHost.Hosts;
using ContainerHost.Specification;

namespace ContainerHost.Targets.Ci;

/// <summary>What the jobs of every CI system have in common: their lines, limits, folders and cache.</summary>
internal sealed partial class HostJobs
{
    /// <summary>The first words of a file that is ours.</summary>
    public const string Mark = "Written by './build.sh GenerateCi'";

    public const string Heading = $"{Mark} from the build's CiPlan; change that, and write it anew.";

    public const string Host = "lab";
    public const string Cache = ".cache/hosts";
    public const string Reports = "artifacts/hosts";
    public const string Destroy = "./build.sh Destroy";

    /// <summary>
    /// Lets any user of a hosted Linux machine start guests under KVM: the rule that github.blog's change log of 2023-02-23 gives. Where
    /// there is no such device guests are emulated. Ubuntu lets no user make the namespaces that images are built in, until told to.
    /// </summary>
    public const string Prepare = """
        if [ -e /dev/kvm ]; then
          echo 'KERNEL=="kvm", GROUP="kvm", MODE="0666", OPTIONS+="static_node=kvm"' | sudo tee /etc/udev/rules.d/99-kvm4all.rules
          sudo udevadm control --reload-rules
          sudo udevadm trigger --name-match=kvm
        fi
        sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0

        """;

    /// <summary>Why the cache is called what it is called.</summary>
    public const string CacheComment =
        "By how the library builds images: when that changes, this file does. What the archive has by now the build sees.";

    /// <summary>Takes a plan, whole or not at all.</summary>
    /// <exception cref="InvalidInputException">There is a host in it that cannot be made.</exception>
    public HostJobs(CiPlan plan)
    {
        Plan = plan;
        var problems = Combinations.SelectMany(Problems).Concat(OfPlan()).Distinct().ToList();
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }

    public CiPlan Plan { get; }

    /// <summary>Every host of the plan, by the variables that say which.</summary>
    public IEnumerable<HostVariables> Combinations =>
        from guest in Plan.Guests
        from runtime in Plan.Runtimes
        from isolation in Plan.Isolations
        select new HostVariables(guest, runtime, isolation);

    /// <summary>The start of the cache's name.</summary>
    public static string CacheKey => $"containerhost-{LocalHosts.ImageRecipe}";

    public string Verify => $"./build.sh Verify --install-prereqs --cache-directory {Cache} --timeout {HostMinutes}m";

    private int HostMinutes => Minutes(Plan.Timeout);

    /// <summary>The step that verifies has a little more, in which the build may end by itself and be compiled before.</summary>
    public int ScriptMinutes => HostMinutes + 5;

    public int CleanUpMinutes => Minutes(Plan.CleanUp);

    /// <summary>Fetching the cache and keeping the report take some minutes too.</summary>
    public int JobMinutes => ScriptMinutes + CleanUpMinutes + 5;

    private static int Minutes(TimeSpan time) => (int)Math.Ceiling(time.TotalMinutes);

    private static IReadOnlyList<string> Problems(HostVariables host)
    {
        try
        {
            host.Request.ReadName();
            return [];
        }
        catch (InvalidInputException wrong)
        {
            return wrong.Problems;
        }
    }

    // It stands in a condition of GitLab's.
    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    private static partial Regex BranchName();

    private IEnumerable<string> OfPlan()
    {
        if (!BranchName().IsMatch(Plan.Branch))
            yield return $"Branch of the build's CiPlan is '{Plan.Branch}'; it is made of letters, digits and . _ / - only.";
        if (!Combinations.Any())
            yield return "The build's CiPlan has no hosts: it needs at least one guest, one runtime and one isolation.";
        foreach (var (name, time) in new[] { ("Timeout", Plan.Timeout), ("CleanUp", Plan.CleanUp) })
        {
            if (time < TimeSpan.FromMinutes(1))
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} of the build's CiPlan is {time}; a minute is the least."
                );
        }
    }
}
