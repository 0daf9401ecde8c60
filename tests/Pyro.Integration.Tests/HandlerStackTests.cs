using Pyro.Distributions;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>
/// Stacks of handlers in random order, around a program that the generator compiled and around the plain method that it was compiled from: both do the same, or
/// fail in the same way.
/// </summary>
public class HandlerStackTests
{
    private static readonly string[] s_names = ["mu", "z_0", "z_2", "x_1", "w", "y", "noise", "nobody"];

    // A value for each of those that are random.
    private static Dictionary<string, Tensor> Some(Random random) =>
        s_names.Take(5).Where(name => name[0] != 'x' && random.Next(3) == 0).ToDictionary(name => name, name => tensor(0.25f * name.Length));

    private static string[] Names(Random random) => [.. s_names.Where(_ => random.Next(3) == 0)];

    private static SiteKind[] Kinds(Random random) => [.. new[] { SiteKind.Latent, SiteKind.Observed, SiteKind.Param, SiteKind.Subsample }.Where(_ => random.Next(4) == 0)];

    private static Func<Program<Tensor>, Program<Tensor>> Handler(Random random, Trace recorded)
    {
        switch (random.Next(10))
        {
            case 0:
                var scale = 1 + random.Next(3);
                return program => program.Scale(scale);
            case 1:
                var mask = tensor(random.Next(2) == 0);
                return program => program.Mask(mask);
            case 2:
                var observed = Some(random);
                return program => program.Condition(observed);
            case 3:
                var done = Some(random);
                return program => program.Do(done);
            case 4:
                var (hidden, kinds) = (Names(random), Kinds(random));
                return program => program.Block(hide: hidden, hideKinds: kinds);
            case 5:
                var (shown, exposed) = (Names(random), Kinds(random));
                return program => program.Block(expose: shown, exposeKinds: exposed);
            case 6:
                return program => program.Replay(recorded);
            case 7:
                var values = Some(random);
                return program => program.Substitute(values);
            case 8:
                return program => program.Lift(new LogNormal(0, 1));
            default:
                var escaped = s_names[random.Next(s_names.Length)];
                return random.Next(3) > 0 ? program => program.Scale(2) : program => program.Escape((in Message message) => message.Name == escaped);
        }
    }

    [Test]
    public void Compiled_and_plain_programs_do_the_same()
    {
        using var scope = NewDisposeScope();
        using var data = tensor(new[] { 0.1f, 0.5f, 1, 2, -1, 0.3f });
        var plain = DynamicProgram.Of<Tensor>(LoopTests.Model, "plain");
        var (ran, failed) = (0, 0);
        for (var seed = 0; seed < 250; seed++)
        {
            using var round = NewDisposeScope();
            // Its loop ran as one. Everything has a value to begin with, so that both programs draw the same: what lifting makes of a parameter.
            var recorded = LoopTests.CompiledModel.Trace(data, new RunContext(new ParamStore(), seed));
            var random = new Random(seed);
            var stack = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Handler(random, recorded)).ToArray();
            (Trace? Trace, string Failure) Run(Program<Tensor> program)
            {
                try
                {
                    return (stack.Aggregate(program.Replay(recorded), (inside, handler) => handler(inside)).Trace(data, new RunContext(new ParamStore(), seed)), "");
                }
                catch (Exception failure) when (failure is ModelException or NonlocalExit)
                {
                    return (null, failure.GetType().Name + (failure as ModelException)?.Site + (failure as NonlocalExit)?.Site.Name);
                }
            }
            var (one, other) = (Run(LoopTests.CompiledModel), Run(plain));
            Assert.That(other.Failure, Is.EqualTo(one.Failure));
            if (one.Trace is null)
            {
                failed++;
                continue;
            }
            ran++;
            Assert.That(one.Trace.Differences(other.Trace!, 1e-6), Is.Empty);
            Assert.That(one.Trace.Select(site => (site.Name, site.Kind, site.Scale)), Is.EqualTo(other.Trace!.Select(site => (site.Name, site.Kind, site.Scale))));
            foreach (var site in other.Trace!.Where(site => site.IsStochastic))
                Assert.That(one.Trace[site.Name].LogPdf().item<float>(), Is.EqualTo(site.LogPdf().item<float>()).Within(1e-4));
            Assert.That(one.Trace.LogPdf().item<float>(), Is.EqualTo(other.Trace!.LogPdf().item<float>()).Within(1e-3));
        }
        Assert.That(ran, Is.InRange(100, 249));
        Assert.That(failed, Is.InRange(1, 150));
    }
}
