using Nuke.Common;
using Nuke.Common.IO;

namespace Build.Tests.ValueInjection;

internal sealed class IceCream : NukeBuild, ISized
{
    [Parameter]
    public readonly string Owner = "nobody";

    [Parameter]
    public Flavour Flavour { get; } = Flavour.Vanilla;

    [Parameter]
    public IReadOnlyList<Flavour> Flavours { get; } = [];

    [Parameter(Separator = "+")]
    public string[] Toppings { get; } = [];

    [Parameter]
    public bool Cone { get; set; }

    [Parameter]
    public double? Price { get; }

    [Parameter]
    public TimeSpan Within { get; }

    [Parameter]
    public AbsolutePath? Shop { get; }

    [Parameter, Secret]
    public string? Recipe { get; }

    [Parameter, Secret]
    public int? Pin { get; }

    public ISized Sized => this;
}
