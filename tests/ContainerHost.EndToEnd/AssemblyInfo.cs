using ContainerHost.EndToEnd.Harness;
using Xunit.Sdk;
using Xunit.v3;

// Machines under emulation take a processor each; side by side they would only wait for each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: AssemblyFixture(typeof(Suite))]
