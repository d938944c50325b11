using ContainerHost.Specification;
using ContainerHost.Targets.Hosting;

namespace ContainerHost.Targets;

/// <summary>The parameters that say which host, where, and how results are told.</summary>
public interface IDescribeHosts : INukeBuild
{
    [HostParameter]
    string? Name => TryGetValue(() => Name);

    // A target has the parameter's own name.
    [Parameter("File that says what the host is (docs/daily-use.md); parameters go before it", Name = "Spec")]
    string? SpecFile => TryGetValue(() => SpecFile);

    [Parameter("Folder that holds the hosts - default is '.hosts'")]
    string? HostsDirectory => TryGetValue(() => HostsDirectory);

    [Parameter("Folder that media and packages are kept in - default is the user's cache folder")]
    string? CacheDirectory => TryGetValue(() => CacheDirectory);

    [Parameter("Most that it may take, like 20GiB, or 0; what no host uses goes above it - default is 50GiB")]
    string? CacheSize => TryGetValue(() => CacheSize);

    [HostParameter]
    string? Timeout => TryGetValue(() => Timeout);

    [Parameter("Prints the result as JSON on standard output; the log goes to standard error")]
    bool Json => TryGetValue<bool?>(() => Json) ?? false;

    [Parameter(
        "Has Prune remove what it finds, instead of only telling it, Copy overwrite what is there, and Provision run again what ran unchanged"
    )]
    bool Force => TryGetValue<bool?>(() => Force) ?? false;

    [Parameter(
        "Has Status show its table anew every two seconds, and Console tell what comes onto the console from now on, until Ctrl-C"
    )]
    bool Watch => TryGetValue<bool?>(() => Watch) ?? false;

    [Parameter("Installs what this machine lacks, as root or through sudo -n")]
    bool InstallPrereqs => TryGetValue<bool?>(() => InstallPrereqs) ?? false;

    [HostParameter]
    string? Lifetime => TryGetValue(() => Lifetime);

    [HostParameter]
    string? CaFile => TryGetValue(() => CaFile);

    [HostParameter, Secret]
    string? HyperVPassword => TryGetValue(() => HyperVPassword);

    [Parameter("Downloads nothing: what is not in the cache is an error that names it")]
    bool Offline => TryGetValue<bool?>(() => Offline) ?? false;

    [Parameter("Where releases are published, such as a GitHub Enterprise Server - default is https://github.com")]
    string? GithubAddress => TryGetValue(() => GithubAddress);

    [Parameter("Token for it, which raises GitHub's limit of requests; never kept"), Secret]
    string? GithubToken => TryGetValue(() => GithubToken);

    /// <summary>The folder that reports go to, one folder a host in it.</summary>
    AbsolutePath ReportsDirectory => RootDirectory / "artifacts" / "hosts";

    /// <summary>Everything that is asked of the host, by parameters and by the file of <c>--spec</c>.</summary>
    HostRequest Request => this.Run().Request;
}
