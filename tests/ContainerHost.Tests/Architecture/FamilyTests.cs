using System.Text.RegularExpressions;
using Build.Tests.Bootstrap;
using ContainerHost.Hosts.GuestKinds;
using ContainerHost.Specification;

namespace ContainerHost.Tests.Architecture;

/// <summary>What differs by guest hangs on the guest: its family is asked for facts, and for its behaviour in one place.</summary>
public sealed partial class FamilyTests
{
    private static readonly string[] Registrations = ["Specification/GuestCatalog.cs", "Hosts/GuestKinds/GuestKind.cs"];

    // Those that are of one family by themselves, and ask nobody.
    private static readonly string[] OfOneFamily =
    [
        "Guests/Debian/DebianGuest.cs",
        "Guests/Windows/WindowsGuest.cs",
        "Media/Windows/ImageApplication.cs",
    ];

    [Fact]
    public void Nobody_else_names_a_family()
    {
        var root = Path.Combine(Repository.Root, "src", "ContainerHost");
        var naming = Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => Named().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'));

        naming.ShouldBe([.. Registrations, .. OfOneFamily], ignoreOrder: true);
    }

    [Fact]
    public void Every_family_has_a_behaviour() =>
        GuestFamily.All.ShouldAllBe(family =>
            GuestKind.Of(new Guest("x", "x", family, new GuestSource.Medium())) != null
        );

    [Fact]
    public void A_guest_of_a_family_that_nobody_knows_is_an_error()
    {
        var unknown = GuestFamily.Debian with { Name = "Plan9" };

        Should
            .Throw<NotSupportedException>(() => GuestKind.Of(GuestCatalog.Debian12 with { Family = unknown }))
            .Message.ShouldContain("Plan9");
    }

    [Fact]
    public void Every_guest_of_the_catalogue_is_of_a_known_family() =>
        GuestCatalog.All.ShouldAllBe(guest => GuestFamily.All.Contains(guest.Family));

    // A family by its name, a comparison of one, or a choice by it.
    [GeneratedRegex(@"GuestFamily\.(Debian|WindowsServer)|\.Family\s*(==|!=|is|switch)|case GuestFamily")]
    private static partial Regex Named();
}
