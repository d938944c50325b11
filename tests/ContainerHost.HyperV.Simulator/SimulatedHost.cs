using ContainerHost.HyperV.Simulator.Faults;
using ContainerHost.HyperV.Simulator.Files;
using ContainerHost.HyperV.Simulator.Jobs;
using ContainerHost.HyperV.Simulator.Machines;
using ContainerHost.HyperV.Simulator.Schema;
using ContainerHost.HyperV.Simulator.Store;
using ContainerHost.HyperV.Simulator.Time;
using ContainerHost.Machines.HyperV;
using ContainerHost.Machines.HyperV.Cim;

namespace ContainerHost.HyperV.Simulator;

/// <summary>A Hyper-V host in memory: strict about the schema, with jobs, rules and guests that behave, on a clock of its own.</summary>
internal sealed class SimulatedHost
{
    public const string DiskFolder = @"D:\Hyper-V\Virtual Hard Disks";

    public SimulatedHost(HostOptions options)
    {
        Options = options;
        JobsTake = options.JobsTake;
        Store = new InstanceStore(CimSchema.Instance);
        Jobs = new JobRunner(this, Store, Time);
        Files = new SimulatedFiles(this);
        Machines = new MachineTable(this);
        Checkpoints = new CheckpointTable(this);
        Namespace = new SimulatedNamespace(this);
        new Furnishing(this).Apply();
    }

    public HostOptions Options { get; }

    /// <summary>How long jobs take from now on.</summary>
    public TimeSpan JobsTake { get; set; }

    /// <summary>Lets one call in at a time.</summary>
    public Lock Gate { get; } = new();

    public VirtualTime Time { get; } = new();

    public InstanceStore Store { get; }

    public JobRunner Jobs { get; }

    public SimulatedFiles Files { get; }

    public MachineTable Machines { get; }

    public CheckpointTable Checkpoints { get; }

    public SimulatedNamespace Namespace { get; }

    /// <summary>Every call so far, in order.</summary>
    public List<SimulatedCall> Calls { get; } = [];

    /// <summary>What the schema did not allow; an undo could have swallowed it, so a test looks here.</summary>
    public List<SchemaViolationException> Violations { get; } = [];

    /// <summary>The host as the product drives it.</summary>
    public HyperVHost ToHost() => new(Namespace, new SimulatedWindows(this), Files, Time);

    /// <summary>Notes a call, lets what is due happen, and says how the call shall fail.</summary>
    public Fault? Enter(bool isMethod, string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Time.Advance(TimeSpan.FromMilliseconds(20));
        Tick();
        var call = new SimulatedCall(Calls.Count, isMethod, name);
        Calls.Add(call);
        return Options.Faults?.Invoke(call);
    }

    /// <summary>Enters a call that is no method, whose faults are that error or a cancellation.</summary>
    public void Enter(string name, Func<Exception> error, CancellationToken cancellationToken)
    {
        var fault = Enter(isMethod: false, name, cancellationToken);
        if (fault is { Kind: FaultKind.Cancelled })
            Cancel(cancellationToken);
        else if (fault is not null)
            throw error();
    }

    public void Tick()
    {
        Jobs.Tick();
        Machines.Tick();
        Checkpoints.Tick();
    }

    /// <summary>Has the user cancel, while a call is under way.</summary>
    public void Cancel(CancellationToken cancellationToken)
    {
        Options.Cancellation?.Cancel();
        cancellationToken.ThrowIfCancellationRequested();
    }

    public string Say(string word) => Localised.Of(Options.Language, word);

    /// <summary>True for the disk of a machine that is not off, and for one that such a disk lies on.</summary>
    public bool IsInUse(string path) =>
        Machines.OpenDisks().Any(disk => disk.Equals(path, StringComparison.OrdinalIgnoreCase))
        || Files.ChildrenOf(path).Any(IsInUse);

    /// <summary>The only instance of a service.</summary>
    public CimObject Only(string className) => Store.OfClass(className).Single();
}
