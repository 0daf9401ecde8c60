using Pyro.Poutines;

namespace ProbCompiler.Benchmarks;

/// <summary>Does nothing, and looks at every member of a family: with it each loop runs as it is written.</summary>
internal sealed class OneByOne : Poutine;
