using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>The compiled program and the plain method do the same: the same sites in the same order, with the same values and log densities.</summary>
public class AgreementTests
{
    public static IEnumerable<string> Names => CorpusProgram.All.Keys;

    [Test]
    public void The_corpus_is_broad() => Assert.That(CorpusProgram.All.Count >= 120, $"{CorpusProgram.All.Count} programs");

    [TestCaseSource(nameof(Names))]
    public void Compiled_and_plain_runs_give_the_same_trace(string name) => CorpusProgram.All[name].Accept(new Comparison(seeds: 8));

    internal static string Values(Tensor tensor)
    {
        // In a scope: data does not keep its tensor alive.
        using var scope = NewDisposeScope();
        return $"[{string.Join(", ", tensor.shape)}] {string.Join(", ", tensor.detach().to_type(ScalarType.Float64).contiguous().data<double>().ToArray())}";
    }

    internal sealed class Comparison(int seeds) : CorpusProgram.IVisitor
    {
        public void Visit<TArgs>(Program<TArgs> compiled, Program<TArgs> plain, TArgs args)
        {
            for (var seed = 0; seed < seeds; seed++)
            {
                using var scope = NewDisposeScope();
                Same(args, seed, compiled.With(new Fixed([])), plain);
                // Loops whose iterations run as one draw in another order: with the same values they have the same densities.
                var together = compiled.Trace(args, new RunContext(new ParamStore(), seed));
                var values = together.Where(site => site.Kind == SiteKind.Latent || site is { Kind: SiteKind.Subsample, Value: not null }).ToDictionary(site => site.Name, site => site.Value!);
                var apart = plain.With(new Fixed(values)).Trace(args, new RunContext(new ParamStore(), seed));
                Assert.That(together.Select(Describe), Is.EqualTo(apart.Select(Describe)));
                foreach (var (one, other) in apart.Zip(together).Where(pair => pair.First.IsStochastic))
                    Close(one.LogPdf(), other.LogPdf());
                Close(apart.LogPdf(), together.LogPdf());
            }
        }

        private static void Same<TArgs>(TArgs args, int seed, Program<TArgs> compiled, Program<TArgs> plain)
        {
            var ours = compiled.Trace(args, new RunContext(new ParamStore(), seed));
            var theirs = plain.Trace(args, new RunContext(new ParamStore(), seed));
            Assert.That(ours.Select(Describe), Is.EqualTo(theirs.Select(Describe)));
            Assert.That(ours.LogPdf().item<float>(), Is.EqualTo(theirs.LogPdf().item<float>()));
        }

        private static void Close(Tensor expected, Tensor actual) =>
            Assert.That(actual.to_type(ScalarType.Float64).item<double>(), Is.EqualTo(expected.to_type(ScalarType.Float64).item<double>()).Within(1e-4));

        private static string Describe(TraceSite site) =>
            $"{site.Kind} {site.Name} {site.Distribution?.GetType().Name} x{site.Scale} = {(site.Value is { } value ? Values(value) : "")}";
    }
}
