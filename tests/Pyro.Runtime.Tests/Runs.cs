using System.Runtime.CompilerServices;
using Pyro.Infer;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Runtime.Tests;

/// <summary>Runs of small programs, each on a store and random numbers of its own.</summary>
internal static class Runs
{
    public static RunContext Context(long seed = 1) => new(new ParamStore(), seed);

    public static Trace TraceOf(Action body, RunContext? context = null) => Program(body).Trace(default, context ?? Context());

    public static Program<Unit> Program(Action body, [CallerArgumentExpression(nameof(body))] string name = "") => DynamicProgram.Of(body, name);

    public static void Fit<TArgs>(this SVI<TArgs> svi, TArgs args, int steps) =>
        Assert.That(svi.Run(args, steps, cancellation: TestContext.CurrentContext.CancellationToken).Step, Is.EqualTo(steps));

    public static ModelException Fails(Action body) => Assert.Throws<ModelException>(() => TraceOf(body))!;
}
