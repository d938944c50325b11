using ContainerHost.Specification;

namespace ContainerHost.Verification.Checks;

/// <summary>Which checks a host must pass, by what was asked for; the reboot comes last.</summary>
internal static class CheckList
{
    public static IReadOnlyList<ICheck> For(HostSpec spec, TimeSpan rebootLimit)
    {
        var checks = new List<ICheck> { new LoginCheck(), new AddressCheck() };
        if (spec.NeedsNested)
            checks.Add(new NestedCheck());
        if (spec.Runtime != RuntimeKind.None)
        {
            checks.AddRange([new RuntimeCheck(), new ImageCheck(), new ProcessIsolationCheck()]);
            if (spec.NeedsNested)
                checks.Add(new VmIsolationCheck());
            checks.AddRange([new SharedFolderCheck(), new OwnWorldCheck(), new LifeCycleCheck()]);
        }
        checks.Add(new RebootCheck(rebootLimit));
        return checks;
    }
}
