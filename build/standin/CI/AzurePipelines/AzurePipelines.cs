namespace Nuke.Common.CI.AzurePipelines;

/// <summary>Azure Pipelines.</summary>
public sealed class AzurePipelines : Host, IBuildServer;
