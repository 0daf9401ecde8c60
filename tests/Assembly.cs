// What holds in every test project: fixtures run in parallel, the tests of one fixture one after the other, each on an object of its own.
using System.Runtime.CompilerServices;
using Pyro.Testing.Execution;

[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: StaticFields]
[assembly: Shuffled]
[assembly: TimeLimit]

internal static class TestProcess
{
    [ModuleInitializer]
    internal static void Start() => TimeLimitAttribute.Start();
}
