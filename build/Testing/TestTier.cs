namespace Testing;

/// <summary>Which tests to run.</summary>
internal enum TestTier
{
    /// <summary>Those that boot no machine.</summary>
    Unit,

    /// <summary>Those that boot machines.</summary>
    EndToEnd,

    /// <summary>All of them.</summary>
    All,
}
