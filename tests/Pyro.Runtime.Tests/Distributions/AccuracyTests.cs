using System.Globalization;
using Pyro.Distributions;
using Pyro.Runtime.Tests.Infer;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>
/// Log densities, their gradients, entropies and divergences against values of 40 digits, over a grid of parameters from 1e-6 to 1e8 and points from the bulk
/// and both tails, for every family, in both dtypes, by kernels and by operations. The bar: 1e-5 (1 + |value|) in single and 1e-12 (1 + |value|) in double
/// precision, or 16 units in the last place times the condition number where that is more; of gradients 1e-4 and 1e-10 of their size.
/// </summary>
public class AccuracyTests
{
    public static IEnumerable<TestCaseData<string, ScalarType>> Cases =>
        from family in Exact from dtype in (ScalarType[])[ScalarType.Float32, ScalarType.Float64] select new TestCaseData<string, ScalarType>(family.Name, dtype);

    public static IEnumerable<TestCaseData<string, ScalarType>> CasesOfOperations =>
        from family in Exact
        where family.Exact!.Operations is not null
        from dtype in (ScalarType[])[ScalarType.Float32, ScalarType.Float64]
        select new TestCaseData<string, ScalarType>(family.Name, dtype);

    private static IEnumerable<Family> Exact => Catalogue.All.Where(form => form.Exact is not null);

    [Test]
    public void ExactValues_EveryClass_HasThem() => Assert.That(
        Catalogue.ByClass.Where(forms => forms.All(form => form.Exact is null)).Select(forms => forms.Key),
        // Samples with weights, and the numbers of values, which are Categorical's.
        Is.EquivalentTo([typeof(Empirical), typeof(Categorical<string>)]));

    [TestCaseSource(nameof(Cases))]
    public void Results_AreExact_OverTheGrid(string family, ScalarType dtype) => Hold(Accuracy.Measure(family, dtype, operations: false));

    [TestCaseSource(nameof(CasesOfOperations))]
    public void ResultsOfOperations_AreExact_OverTheGrid(string family, ScalarType dtype) => Hold(Accuracy.Measure(family, dtype, operations: true));

    [Test]
    public void LogGammaTerms_DoNotCancel_InSinglePrecision()
    {
        // Each from its formula at 40 digits.
        using var scope = NewDisposeScope();
        Numeric.Close(5.8772437201203594, new Beta(1e5f, 1e5f).LogProb(tensor(0.5f)).Number(), 1e-5);
        Numeric.Close(-7.8266938955201431, new Poisson(1e6f).LogProb(tensor(1e6f)).Number(), 1e-5);
        Numeric.Close(5.9888166207774018, new VonMises(0, 1e6f).LogProb(tensor(0f)).Number(), 1e-5);
        Numeric.Close(0.00020479957333468808, Kl.Divergence(new Gamma(1e7f, 1), new Gamma(10_000_064f, 1)).Number(), 1e-6);
        var df = tensor(1e5f, requires_grad: true);
        new StudentT(df, 0, 1).LogProb(tensor(0.5f)).backward();
        Assert.That(df.grad!.Number(), Is.EqualTo(3.593747395714681e-11).Within(0.01).Percent);
    }

    [Test]
    public void Table_IsWritten_WhenTestsAreLong()
    {
        if (!EstimatorTests.Long)
            Assert.Ignore("eng/accuracy writes the table.");
        File.WriteAllText(TableFile, string.Concat(Exact.Select(family => $"{family.Name};{string.Join(';', Worst(family))}\n")));
    }

    /// <summary>The file of the largest deviations: for each family those of results and of gradients in single precision, and then in double.</summary>
    public static string TableFile => Path.Combine(ReferenceTests.Root(), "tests", "Pyro.Runtime.Tests", "Data", "deviations.txt");

    private static IEnumerable<string> Worst(Family family)
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var all = Accuracy.Measure(family.Name, dtype, operations: false).ToList();
            if (family.Exact!.Operations is not null)
                all.AddRange(Accuracy.Measure(family.Name, dtype, operations: true));
            foreach (var gradients in new[] { false, true })
                yield return all.Where(d => d.Result.StartsWith("gradient", StringComparison.Ordinal) == gradients).Select(d => d.Size).DefaultIfEmpty(0).Max()
                    .ToString("F2", CultureInfo.InvariantCulture);
        }
    }

    private static void Hold(IReadOnlyList<Deviation> deviations)
    {
        var wrong = deviations.Where(d => !(d.Size <= 1)).OrderByDescending(d => double.IsNaN(d.Size) ? double.PositiveInfinity : d.Size).ToArray();
        Assert.That(wrong, Is.Empty, string.Create(
            CultureInfo.InvariantCulture, $"{wrong.Length} of {deviations.Count} are off:\n{string.Join('\n', wrong.Take(12))}\n{Kinds(wrong)}"));
    }

    private static string Kinds(Deviation[] wrong) => string.Join(", ", wrong.GroupBy(d => d.Result).Select(g => $"{g.Key}: {g.Count()}"));
}
