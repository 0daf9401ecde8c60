using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Pyro.Distributions;
using Pyro.Runtime.Tests.Infer;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>docs/distributions.md is what the code says, and no family is without its tests or its entry.</summary>
public partial class ReferenceTests
{
    private static readonly Distribution[] s_examples = [.. Catalogue.ByClass.Select(forms => forms.First().Example())];

    [Test]
    public void EveryFamilyIsHere()
    {
        Assert.That(
            s_examples.Select(e => e.GetType().Name).Order(StringComparer.Ordinal),
            Is.EqualTo(Catalogue.Classes.Select(type => type.Name).Order(StringComparer.Ordinal)));
    }

    [Test]
    public void EveryFamilyIsInAHarness()
    {
        // These two have tests of their own beside the harnesses: a point, and samples.
        Type[] tested =
        [
            typeof(Delta), typeof(Empirical),
            .. Catalogue.Univariate.Select(family => family.Example().GetType()), .. RowFamilyTests.Families,
        ];
        foreach (var example in s_examples)
            Assert.That(tested, Has.Member(example.GetType()));
    }

    [Test]
    public void SamplesAreDetachedWhereTheyAreNotReparameterised()
    {
        // Defect B4 of the reference: the log-normal, exponential and uniform families flowed all the same, and their gradient was counted twice.
        var families = Catalogue.All.Where(form => form.Reparameterized is not null).Select(form => (form.Name, Make: form.Reparameterized!)).ToArray();
        Assert.That(
            families.Select(family => family.Name).Order(),
            Is.EqualTo(s_examples.Where(e => e is { Reparameterized: true } and not (Delta or TransformedDistribution)).Select(e => e.GetType().Name).Order()));
        foreach (var (name, make) in families)
        {
            Assert.That(make(true) is { Reparameterized: true } flowing && flowing.Sample().requires_grad, name);
            foreach (var distribution in new[] { make(false), make(false).Expand([2, .. make(false).Shape[..^make(false).EventRank]]), new TransformedDistribution(make(false)) })
                Assert.That(!distribution.Reparameterized && !distribution.Sample().requires_grad, name);
        }
    }

    [Test]
    public void ThePageIsWhatTheCodeSays()
    {
        // A new family joins the page when eng/accuracy has measured it; until then the page is held to the families that it has.
        var page = Path.Combine(Root(), "docs", "distributions.md");
        var text = File.ReadAllText(page);
        var expected = Page([.. s_examples.Where(example => EstimatorTests.Long || text.Contains($"\n## {Title(example)}\n", StringComparison.Ordinal))]);
        if (text == expected)
            return;
        var received = Path.ChangeExtension(page, ".received.md");
        File.WriteAllText(received, expected);
        Assert.Fail($"docs/distributions.md is not what the code says: see {Path.GetFileName(received)} beside it.");
    }

    private static string Page(Distribution[] examples)
    {
        var text = new StringBuilder(
            """
            # Distributions

            Every family takes tensors, numbers or a mix; parameters broadcast. `LogProb` keeps every dimension but the family's own event, `BatchLogPdf` has shape
            batch + (1,), `LogPdf` is the total. Values outside the support score −∞; parameters outside their domains are errors that name the site, the parameter and
            the value. Where samples carry gradients, `reparameterized: false` detaches them, and inference takes the score function (`Delta` is a point, and
            `TransformedDistribution` does as what it maps). `Kl.Divergence(p, q)` has the pairs in closed form.

            There are two forms of use. An object: `new Normal(mu, sigma).LogPdf(x)`. Static functions, which allocate nothing but tensors: `Normal.LogPdf(x, mu, sigma)`,
            `Normal.LogProb(x, mu, sigma)` and `Normal.Sample(mu, sigma)`; families that take `ps` or `logits` take them in this order, one of the two, as in
            `Bernoulli.LogPdf(x, ps)` and `Bernoulli.LogPdf(x, null, logits)`. Families that are made of others have the first form alone.

            Distribution functions and quantiles are computed in double and rounded once; both tails keep their digits, and gradients flow through them by all
            parameters (by the shape of the gamma families as well, which censored data in a `Factor` need). Those of the gamma families, of SkewNormal and of counts are computed in
            host memory, where tensors of a device are copied. A site refuses parameters of a 16-bit dtype by its name; observed values may have one.

            A test writes this page from the code. Densities are held against sums over their supports, samples against densities, gradients against differences; those
            marked scipy also against its numbers, to 1e-9 in double and 1e-5 in single precision.

            | family | parameters | support | reparameterised | enumerable | closed forms | scipy |
            | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var example in examples.OrderBy(e => e.GetType().Name, StringComparer.Ordinal))
        {
            var name = Title(example);
            var parameters = string.Join("; ", example.Parameters.Select(p => $"`{p.Name}`: {p.Constraint.Description}"));
            string[] cells =
            [
                $"[{name}](#{Anchors().Replace(name.ToLowerInvariant(), "")})", parameters, example.Support.Description, Mark(example.Reparameterized), Mark(example.Enumerable),
                string.Join(", ", Forms(example)), Mark(Catalogue.ByClass[example.GetType()].Any(form => form.ByName is not null)),
            ];
            text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }
        text.Append(AccuracyTable());
        foreach (var name in examples.Select(Title).Order(StringComparer.Ordinal))
            text.Append('\n').Append("## ").Append(name).Append("\n\n").Append(Summary(name)).Append('\n');
        return text.ToString().ReplaceLineEndings("\n");
    }

    // What eng/accuracy has measured.
    private static string AccuracyTable()
    {
        var text = new StringBuilder(
            """

            ## Accuracy

            `eng/accuracy` holds every family against values of 40 digits: log densities, their gradients, entropies and divergences, over parameters from 1e-6 to 1e8 and
            points from the bulk and both tails, by kernels and by tensor operations; each run of the tests does the same. The bar is 1e-5 (1 + |value|) in single and
            1e-12 (1 + |value|) in double precision, or 16 units in the last place times the condition number where that is more, and for gradients 1e-4 and 1e-10 of
            their size, or as many units. The table has the largest error of each family, in bars. Divergences are never negative.

            A gradient of Beta, BetaBinomial or Dirichlet by a parameter v is a difference of two values of ψ that are nearly the same where another parameter is next to
            nothing beside v: it is exact to 16 units in the last place of 1/v at least. Up to 1e-5, and 3e-8 more for each part in single precision but 5e-3 at most, the
            parts of a simplex may add up to something else than 1. The factor of a LowRankMultivariateNormal is up to 100 standard deviations of the rest here: beyond, its
            gradients by the diagonal in double precision lose a digit for each digit more.

            | family | single: results | gradients | double: results | gradients |
            | --- | --- | --- | --- | --- |

            """);
        foreach (var line in File.ReadAllLines(AccuracyTests.TableFile))
            text.Append("| ").AppendJoin(" | ", line.Split(';')).Append(" |\n");
        return text.ToString();
    }

    // As people write it: "Categorical\<T>" for the metadata's "Categorical`1".
    private static string Title(Distribution example) => example.GetType().Name.Replace("`1", "\\<T>", StringComparison.Ordinal);

    private static string Mark(bool holds) => holds ? "yes" : "";

    private static IEnumerable<string> Forms(Distribution example)
    {
        (string, Func<Tensor>)[] forms =
        [
            ("mean", () => example.AnalyticMean), ("variance", () => example.AnalyticVar), ("entropy", example.Entropy),
            ("cdf", () => example.Cdf(tensor(0.5f))), ("quantiles", () => example.Icdf(tensor(0.5f))),
        ];
        foreach (var (name, form) in forms)
        {
            var has = true;
            try
            {
                form();
            }
            catch (NotSupportedException)
            {
                has = false;
            }
            if (has)
                yield return name;
        }
    }

    /// <summary>The summary of a family's class, as its source has it.</summary>
    private static string Summary(string name)
    {
        var source = File.ReadAllText(Path.Combine(Root(), "src", "Pyro.Runtime", "Distributions", $"{name.Replace("\\<T>", "Of", StringComparison.Ordinal)}.cs"));
        var summary = source[(source.IndexOf("<summary>", StringComparison.Ordinal) + 9)..source.IndexOf("</summary>", StringComparison.Ordinal)];
        var text = Links().Replace(summary.ReplaceLineEndings(" ").Replace("///", " ", StringComparison.Ordinal), "`$1`");
        return Code().Replace(Blanks().Replace(text, " ").Trim(), "`$1`").Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
    }

    internal static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));

    [GeneratedRegex("""<see cref="([^"(]*)[^"]*"/>""")]
    private static partial Regex Links();

    [GeneratedRegex("<c>(.*?)</c>")]
    private static partial Regex Code();

    [GeneratedRegex("[^a-z0-9]")]
    private static partial Regex Anchors();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
