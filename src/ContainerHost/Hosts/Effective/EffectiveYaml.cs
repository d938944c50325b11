using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ContainerHost.Hosts.Effective;

/// <summary>Writes parameters as a file of one host.</summary>
internal static class EffectiveYaml
{
    public static string Write(IReadOnlyList<EffectiveParameter> parameters)
    {
        var text = new StringWriter { NewLine = "\n" };
        // Long texts stay on their line, which their origin stands behind.
        var emitter = new Emitter(text, new EmitterSettings().WithBestWidth(int.MaxValue));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        emitter.Emit(new MappingStart());
        foreach (var one in parameters)
        {
            if (one.Value is not null)
            {
                emitter.Emit(new Scalar(one.Name));
                emitter.Emit(new Scalar(one.Value));
            }
            var comment = one.Value is null ? $"{one.Name}: {one.Note}  # {one.Origin}" : one.Origin;
            emitter.Emit(new Comment(OneLine(comment), isInline: one.Value is not null));
        }
        emitter.Emit(new MappingEnd());
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return text.ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
