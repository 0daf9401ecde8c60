// The default generator, the gradient mode of new threads, and the count of live tensors belong to the process: its tests take turns.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
