namespace ContainerHost.Targets.Input;

/// <summary>A process's arguments as NUKE takes them: targets up to the first dash, then parameters with the values behind them.</summary>
internal sealed class Arguments
{
    private readonly List<string> _targets = [];
    private readonly List<GivenParameter> _parameters = [];

    public Arguments(IEnumerable<string> words)
    {
        var values = _targets;
        foreach (var word in words)
        {
            if (word.StartsWith('-'))
                _parameters.Add(new GivenParameter(word, values = [], word));
            else
                values.Add(word);
        }
    }

    /// <summary>The targets that stand first.</summary>
    public IReadOnlyList<string> Targets => _targets;

    public IReadOnlyList<GivenParameter> Parameters => _parameters;
}
