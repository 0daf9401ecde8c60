using FsCheck;
using FsCheck.Fluent;
using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

/// <summary>The laws of handlers, held on random programs: chains of sites, some of them observed, with parameters between them.</summary>
public class AlgebraTests
{
    private static readonly string[] s_names = [.. Enumerable.Range(0, 8).Select(i => $"s{i}")];

    /// <summary>A chain of sites; each digit says what its site is.</summary>
    private static Program<Unit> Chain(int[] kinds) => Runs.Program(() =>
    {
        var at = tensor(0.0);
        for (var i = 0; i < kinds.Length; i++)
            at = kinds[i] switch
            {
                0 => Sample(s_names[i], new Normal(at, 1)),
                1 => Observe(s_names[i], new Normal(at, 1), tensor(0.5 * i)),
                2 => at + Param(s_names[i], tensor(0.1 * i)),
                _ => Sample(s_names[i], new Bernoulli(ps: at.sigmoid())),
            };
    });

    private static void ForPrograms(Action<Program<Unit>, int[], Random> law)
    {
        var programs = Gen.Choose(0, 3).ArrayOf(8).ToArbitrary();
        var seeds = Gen.Choose(0, 1 << 20).ToArbitrary();
        Prop.ForAll(programs, seeds, (kinds, seed) => law(Chain(kinds), kinds, new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static Dictionary<string, Tensor> Some(Random random, int[] kinds, params int[] which) =>
        Enumerable.Range(0, kinds.Length).Where(i => which.Contains(kinds[i]) && random.Next(2) == 0).ToDictionary(i => s_names[i], _ => tensor(1.0));

    private static void Same(Program<Unit> one, Program<Unit> other)
    {
        var (first, second) = (one.Trace(default, Runs.Context()), other.Trace(default, Runs.Context()));
        Assert.That(first.Differences(second), Is.Empty);
        Assert.That(second.Select(s => s.Name), Is.EqualTo(first.Select(s => s.Name)));
        Numeric.Close(first.LogPdf().Number(), second.LogPdf().Number());
    }

    [Test]
    public void ConditionsOnDifferentSitesCommute() => ForPrograms((program, kinds, random) =>
    {
        var data = Some(random, kinds, 0, 3);
        var left = data.Where((_, i) => i % 2 == 0).ToDictionary();
        var right = data.Where((_, i) => i % 2 == 1).ToDictionary();
        Same(program.Condition(left).Condition(right), program.Condition(right).Condition(left));
        Same(program.Condition(left).Condition(right), program.Condition(data));
    });

    [Test]
    public void BlocksJoin() => ForPrograms((program, kinds, random) =>
    {
        string[] left = [.. Some(random, kinds, 0, 1, 2, 3).Keys];
        string[] right = [.. Some(random, kinds, 0, 1, 2, 3).Keys];
        Same(program.Block(hide: left).Block(hide: right), program.Block(hide: left.Union(right)));
        Same(program.Block(hide: left).Block(hide: left), program.Block(hide: left));
        Assert.That(program.Block().Trace(default, Runs.Context()), Is.Empty);
    });

    [Test]
    public void ReplayIsIdempotentAndTheInnerOneWins() => ForPrograms((program, _, _) =>
    {
        var first = program.Trace(default, Runs.Context(5));
        var second = program.Trace(default, Runs.Context(6));
        Same(program.Replay(first).Replay(first), program.Replay(first));
        Same(program.Replay(first).Replay(second), program.Replay(first));
        Assert.That(program.Replay(first).Trace(default, Runs.Context(7)).Differences(first), Is.Empty);
    });

    [Test]
    public void ScalesMultiplyAndCommuteWithTheRest() => ForPrograms((program, kinds, random) =>
    {
        var data = Some(random, kinds, 0, 3);
        Same(program.Scale(2).Scale(5), program.Scale(10));
        Same(program.Scale(2).Condition(data), program.Condition(data).Scale(2));
        string[] hidden = [.. Some(random, kinds, 0, 1).Keys];
        Same(program.Scale(3).Block(hide: hidden), program.Block(hide: hidden).Scale(3));
    });

    [Test]
    public void DoIsConditionThatHides() => ForPrograms((program, kinds, random) =>
    {
        var data = Some(random, kinds, 0, 3);
        Same(program.Do(data), program.Condition(data).Block(hide: data.Keys));
    });

    [Test]
    public void SubstituteIsReplayByHand() => ForPrograms((program, kinds, _) =>
    {
        var trace = program.Trace(default, Runs.Context(3));
        var values = trace.StochasticNodes.ToDictionary(name => name, name => trace[name].Value!);
        Same(program.Substitute(values), program.Replay(trace));
    });

    [Test]
    public void LiftTurnsParametersIntoSites() => ForPrograms((program, _, _) =>
    {
        var context = Runs.Context();
        var plain = program.Trace(default, Runs.Context());
        var lifted = program.Lift(new Normal(0, 1)).Trace(default, context);
        Assert.That(lifted.ParamNodes, Is.Empty);
        Assert.That(context.Store.Count, Is.EqualTo(0));
        Assert.That(lifted.StochasticNodes.Order(), Is.EqualTo(plain.ParamNodes.Concat(plain.StochasticNodes).Order()));
    });

    [Test]
    public void AHandlerThatThrowsLeavesTheContextAsItWas() => ForPrograms((program, kinds, _) =>
    {
        if (!kinds.Contains(3))
            return;
        var context = Runs.Context();
        Assert.Throws<NonlocalExit>(() => program.Escape(EscapePoutine.Discrete).Scale(2).Trace(default, context));
        Assert.That(program.Trace(default, context).Where(site => site.IsStochastic).Select(site => site.Scale), Has.All.EqualTo(1));
    });
}
