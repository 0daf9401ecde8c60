// What holds in every test project: fixtures run in parallel, the tests of one fixture one after the other, each on an object of its own.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[assembly: Parallelizable(ParallelScope.Fixtures)]
