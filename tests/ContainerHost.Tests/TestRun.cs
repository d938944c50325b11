namespace ContainerHost.Tests;

/// <summary>What every test may ask of the run that it is part of; known everywhere, as Shouldly and xunit are.</summary>
internal static class TestRun
{
    /// <summary>Cancelled when the run is.</summary>
    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
