using System.Xml.Linq;
using ContainerHost.Processes;
using static ContainerHost.Verification.Reports.Html;

namespace ContainerHost.Verification.Reports;

/// <summary>The table of images, with their layers to unfold.</summary>
internal static class HtmlImages
{
    private static readonly string[] Columns = ["Image", "Identity", "Command", "Verdict"];

    public static XElement? Render(VerificationReport report) =>
        report.Images is { } images ? Table("images", "Images", Columns, images.Select(Row)) : null;

    private static XElement Row(ProvedImage image) =>
        Tag(
            "tr",
            Tag("th", Attribute("scope", "row"), image.Image, Tag("p", image.Source)),
            Tag("td", Lines(image).Select(line => Tag("p", line.Name, " ", Tag("code", line.Value))), Layers(image)),
            Tag("td", Tag("code", PosixShell.Quote(image.Command))),
            Tag("td", image.Verdicts.Select(one => Tag("p", Badge(one), " ", one.Isolation)))
        );

    private static IEnumerable<(string Name, string? Value)> Lines(ProvedImage image) =>
        new[]
        {
            ("digest", image.Digest),
            ("image id", image.ImageId),
            ("archive, SHA-256", image.FileSha256),
            ("platform", image.Platform),
            ("size", $"{image.Size} bytes"),
        }.Where(line => line.Item2 is not null);

    private static XElement Badge(ProofVerdict verdict) =>
        Tag("span", Class(verdict.Passed ? "badge passed" : "badge failed"), verdict.Passed ? "passed" : "failed");

    private static XElement Layers(ProvedImage image) =>
        Tag(
            "details",
            Tag("summary", $"{image.Layers.Count} layers"),
            Tag(
                "ol",
                image.Layers.Select(layer =>
                    Tag("li", Tag("code", layer.Digest), layer.Size is { } size ? $" {size} bytes" : null)
                )
            )
        );
}
