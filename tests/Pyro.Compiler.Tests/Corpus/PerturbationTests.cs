using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>
/// No edge is missing: when one site's value changes and every other site keeps its own, whatever moves (a distribution, an observed value, a plate, whether
/// a site is there at all) must be a child of it in the compiled graph.
/// </summary>
public class PerturbationTests
{
    public static IEnumerable<string> Names => AgreementTests.Names;

    [TestCaseSource(nameof(Names))]
    public void What_moves_with_a_site_is_its_child(string name) => CorpusProgram.All[name].Accept(new Shaking(seeds: 6, values: 3));

    internal sealed class Shaking(int seeds, int values) : CorpusProgram.IVisitor
    {
        public void Visit<TArgs>(Program<TArgs> compiled, Program<TArgs> plain, TArgs args)
        {
            for (var seed = 0; seed < seeds; seed++)
            {
                using var scope = NewDisposeScope();
                var known = new Dictionary<string, Tensor>();
                // The elements that plates visit are chosen at random, by no site.
                foreach (var site in Run(compiled, args, seed, known).Where(site => site.Kind == SiteKind.Latent || site is { Kind: SiteKind.Subsample, Value: not null }))
                    known[site.Name] = site.Value!;
                var before = Run(compiled, args, seed, known);
                foreach (var site in before.Where(site => site.Kind is SiteKind.Latent or SiteKind.Param && compiled.Graph.Contains(site.Site.Site)))
                    for (var other = 0; other < values; other++)
                        Shake(compiled, args, before, known, site, other);
            }
        }

        private static void Shake<TArgs>(
            Program<TArgs> compiled, TArgs args, Trace before, Dictionary<string, Tensor> known, TraceSite shaken, int other)
        {
            // The site that is shaken has no fixed value, and draws another.
            var rest = known.Where(value => value.Key != shaken.Name).ToDictionary();
            Trace after;
            try
            {
                after = Run(compiled, args, 1000 + other, rest, shaken.Kind == SiteKind.Param ? shaken.Name : null);
            }
            catch (ModelException moved) when (before.Contains(moved.Site!))
            {
                // The value that a site had does not fit any more: its shape has moved.
                Moved(compiled.Graph, shaken, before[moved.Site!]);
                return;
            }
            foreach (var name in before.Concat(after).Select(site => site.Name).Distinct().Where(name => name != shaken.Name))
                if (!before.Contains(name) || !after.Contains(name) || State(before[name]) != State(after[name]))
                    Moved(compiled.Graph, shaken, before.Contains(name) ? before[name] : after[name]);
        }

        private static void Moved(SiteGraph graph, TraceSite shaken, TraceSite moved) => Assert.That(
            !graph.Contains(moved.Site.Site) || graph.Reaches(shaken.Site, moved.Site),
            $"'{moved.Name}' moves with '{shaken.Name}', and the graph has no edge from one to the other: {string.Join(", ", graph.Edges)}");

        private static Trace Run<TArgs>(Program<TArgs> program, TArgs args, int seed, Dictionary<string, Tensor> values, string? param = null)
        {
            var context = new RunContext(new ParamStore(), seed);
            if (param is not null)
            {
                program.Trace(args, context);
                using (no_grad())
                    context.Store[param].Unconstrained.add_(0.75f);
            }
            return program.With(new Fixed(values)).Trace(args, context);
        }

        private static string State(TraceSite site) => string.Join("; ", new[]
        {
            site.Distribution?.GetType().Name ?? "",
            string.Join(", ", site.Distribution?.Parameters.Select(parameter => Text(parameter.Value)) ?? []),
            site.Kind == SiteKind.Latent ? "" : Text(site.Value),
            $"{site.Scale} {site.PlateSize} {site.PlateCount} {Text(site.Mask)}",
        });

        private static string Text(Tensor? tensor) => tensor is null ? "" : AgreementTests.Values(tensor);
    }
}
