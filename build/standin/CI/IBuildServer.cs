namespace Nuke.Common.CI;

/// <summary>A host that builds without anybody watching.</summary>
public interface IBuildServer;
