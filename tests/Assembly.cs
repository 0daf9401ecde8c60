// What holds in every test project: fixtures run in parallel, the tests of one fixture one after the other, each on an object of its own.
using Pyro.Testing.Execution;

[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: StaticFields]
[assembly: Shuffled]
