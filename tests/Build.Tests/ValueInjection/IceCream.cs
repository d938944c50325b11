using Nuke.Common;

namespace Build.Tests.ValueInjection;

internal sealed class IceCream : NukeBuild, IOrder
{
    private Target Scoop => _ => _;

    private Target Serve => _ => _.Description("Brings it out.").DependsOn(Scoop);
}
