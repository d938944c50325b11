using System.Text.Json.Nodes;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator.Replay;

/// <summary>A host that a record of Diagnose tells of (<c>calls.jsonl</c>): it answers as that host did, and knows nothing else.</summary>
internal sealed class ReplayedNamespace : ICimNamespace
{
    private readonly Dictionary<string, JsonNode> _answers = new(StringComparer.OrdinalIgnoreCase);

    public ReplayedNamespace(IEnumerable<string> lines)
    {
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            var answer = JsonNode.Parse(line)!;
            _answers[answer["call"]!.GetValue<string>()] = answer;
        }
    }

    public string Host => "REPLAYED";

    public Task<IReadOnlyList<CimObject>> QueryAsync(WqlQuery query, CancellationToken cancellationToken) =>
        Task.FromResult(Instances($"{query}"));

    public Task<CimObject> GetAsync(CimPath path, CancellationToken cancellationToken) =>
        Task.FromResult(Instances(RecordingNamespace.Get(path))[0]);

    public Task<IReadOnlyList<CimObject>> AssociatorsAsync(
        CimPath source,
        string association,
        string resultClass,
        CancellationToken cancellationToken
    ) => Task.FromResult(Instances(RecordingNamespace.Associators(source, association, resultClass)));

    public Task<CimMethodResult> InvokeAsync(CimCall call, CancellationToken cancellationToken)
    {
        var answer = Answer(RecordingNamespace.Invoke(call));
        return Task.FromResult(new CimMethodResult(answer["code"]!.GetValue<uint>(), CimRecord.Read(answer["out"]!)));
    }

    private IReadOnlyList<CimObject> Instances(string call) =>
        [.. Answer(call)["instances"]!.AsArray().Select(one => CimRecord.Read(one!))];

    private JsonNode Answer(string call)
    {
        if (!_answers.TryGetValue(call, out var answer))
            throw new SchemaViolationException($"The record has no answer to: {call}");
        return answer["error"] is { } error
            ? throw new CimCallException(
                Enum.Parse<CimFailure>(error["failure"]!.GetValue<string>()),
                error["code"]!.GetValue<uint>(),
                call,
                error["saw"]!.GetValue<string>(),
                "look at the record."
            )
            : answer;
    }
}
