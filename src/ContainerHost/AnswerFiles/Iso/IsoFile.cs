namespace ContainerHost.AnswerFiles.Iso;

/// <summary>A file in the root folder of an ISO image.</summary>
public sealed record IsoFile(string Name, ReadOnlyMemory<byte> Content);
