using Nuke.Common;

namespace Build.Tests.ValueInjection;

internal interface IOrder : INukeBuild
{
    [Parameter("How big")]
    string DiskSize => TryGetValue(() => DiskSize) ?? "20GiB";

    [Parameter("How many", Name = "Count")]
    string Number => TryGetValue(() => Number) ?? "2";

    [Parameter]
    string Owner => TryGetValue(() => Owner) ?? "nobody";

    [Parameter]
    Flavour Flavour => TryGetValue<Flavour?>(() => Flavour) ?? Flavour.Vanilla;

    [Parameter]
    bool Cone => TryGetValue<bool?>(() => Cone) ?? false;

    [Parameter("For a friend.")]
    bool? Cream => TryGetValue<bool?>(() => Cream);

    [Parameter(ValueProviderMember = nameof(Spoons), ValueProviderType = typeof(IOrder))]
    string? Spoon => TryGetValue(() => Spoon);

    [Parameter("What goes with it", ValueProviderMember = nameof(Fruits), ValueProviderType = typeof(IOrder))]
    string? Fruit => TryGetValue(() => Fruit);

    [About]
    string? Sauce => TryGetValue(() => Sauce);

    [Parameter(List = false)]
    string? Whisper => TryGetValue(() => Whisper);

    [Parameter, Secret]
    string Recipe => TryGetValue(() => Recipe) ?? "swordfish";

    [Parameter, Secret]
    Flavour? Filling => TryGetValue<Flavour?>(() => Filling);

    IEnumerable<string> Spoons => ["Wood", "Silver"];

    IEnumerable<string> Fruits => ["strawberries", "cherries", "gooseberries"];

    IEnumerable<string> Sauces => ["hot", "cold"];
}
