using System.Globalization;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>How far a result is from its exact value.</summary>
/// <param name="Result">The result.</param>
/// <param name="Inputs">What it is of.</param>
/// <param name="Expected">The exact value.</param>
/// <param name="Actual">The result's value.</param>
/// <param name="Size">The distance in units of the bar.</param>
internal readonly record struct Deviation(string Result, double[] Inputs, double Expected, double Actual, double Size)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Result}({string.Join(", ", Inputs)}) = {Expected:R}, got {Actual:R}: {Size:G3} bars");
}

/// <summary>The deviations of a family's results from the exact ones.</summary>
internal static class Accuracy
{
    /// <summary>All deviations.</summary>
    /// <param name="name">The family.</param>
    /// <param name="dtype">The inputs' dtype.</param>
    /// <param name="operations">Whether log densities are computed by operations.</param>
    public static IReadOnlyList<Deviation> Measure(string name, ScalarType dtype, bool operations)
    {
        using var scope = NewDisposeScope();
        var form = Catalogue.Find(name);
        var family = form.Exact! with { Make = form.Exact.Make ?? form.Whole };
        var (names, rows) = AccuracyRow.Read(form);
        var deviations = new List<Deviation>();
        var densities = rows.Where(row => row.Kind == 'd').ToArray();
        var inputs = Columns(densities, dtype);
        var free = Enumerable.Range(0, names.Length).Where(i => !names[i].EndsWith('!')).ToArray();
        foreach (var i in free)
            inputs[i].requires_grad_();
        var density = family.LogProb(inputs, operations);
        if (free.Length > 0)
            density.sum().backward();
        Add("log density", densities, density, row => row.Result);
        for (var i = 0; i < free.Length; i++)
        {
            var place = i;
            Add($"gradient by {names[free[i]]}", densities, inputs[free[i]].grad!, row => row.Derivatives[place], free[i]);
        }
        if (!operations && rows.Where(row => row.Kind == 'e').ToArray() is { Length: > 0 } entropies)
            Add("entropy", entropies, family.Make(Columns(entropies, dtype)).Entropy(), row => row.Result);
        if (!operations && rows.Where(row => row.Kind == 'k').ToArray() is { Length: > 0 } divergences)
            Add("divergence", divergences, family.Between(Columns(divergences, dtype)), row => row.Result);
        return deviations;

        void Add(string result, AccuracyRow[] of, Tensor actual, Func<AccuracyRow, Exactly> expected, int? by = null)
        {
            var numbers = actual.Numbers();
            Assert.That(numbers.Length, Is.EqualTo(of.Length), result);
            for (var i = 0; i < of.Length; i++)
            {
                var exact = expected(of[i]);
                var distance = numbers[i] == exact.Value ? 0 : Math.Abs(numbers[i] - exact.Value) / Bar(exact, dtype, by is not null, family.Beside && by is { } input ? of[i].Inputs[input] : 0);
                // A divergence is not negative.
                deviations.Add(new(result, of[i].Inputs, exact.Value, numbers[i], result == "divergence" && numbers[i] < 0 ? double.PositiveInfinity : distance));
            }
        }
    }

    private static double Bar(Exactly exact, ScalarType dtype, bool gradient, double beside)
    {
        var (single, unit) = (dtype == ScalarType.Float32, Math.ScaleB(1, dtype == ScalarType.Float32 ? -23 : -52));
        var size = Math.Abs(exact.Value);
        var share = gradient ? (single ? 1e-4 : 1e-10) * size : (single ? 1e-5 : 1e-12) * (1 + size);
        // Smaller derivatives than the last addend the differences of 70 digits do not know.
        var bar = Math.Max(share, 16 * exact.Condition * unit) + (single ? 1e-37 : 1e-40);
        return beside == 0 ? bar : Math.Max(bar, 16 * unit / Math.Abs(beside));
    }

    private static Tensor[] Columns(AccuracyRow[] rows, ScalarType dtype) =>
        [.. Enumerable.Range(0, rows[0].Inputs.Length).Select(i => tensor(rows.Select(row => row.Inputs[i]).ToArray(), dtype))];
}
