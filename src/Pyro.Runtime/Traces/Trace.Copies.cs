using System.Globalization;
using System.Text;
using Pyro.Distributions;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Traces;

public sealed partial class Trace
{
    /// <summary>A trace of its own with the same sites. Their tensors stay the first one's: they end with it.</summary>
    public Trace Copy()
    {
        var copy = new Trace { GraphType = GraphType, Graph = Graph };
        copy.Append(Entries);
        return copy;
    }

    /// <summary>A copy that goes on with a site that has not acted yet.</summary>
    internal Trace With(Message site, Tensor value)
    {
        var longer = Copy();
        site.Value = value;
        longer.Record(in site);
        return longer;
    }

    /// <summary>What two traces do not have in common: sites, kinds, shapes or values.</summary>
    /// <param name="other">The other trace.</param>
    /// <param name="tolerance">How far values may be apart. Equal infinities are not, and neither is NaN from NaN.</param>
    /// <returns>One line for each difference; none for equal traces.</returns>
    public IReadOnlyList<string> Differences(Trace other, double tolerance = 0)
    {
        var lines = new List<string>();
        foreach (var site in this)
            if (!other.TryFind(site.Name, out var match))
                lines.Add($"{site.Name}: only in the first");
            else if (Difference(in site, in match, tolerance) is { } difference)
                lines.Add($"{site.Name}: {difference}");
        lines.AddRange(other.Where(site => !Contains(site.Name)).Select(site => $"{site.Name}: only in the second"));
        return lines;
    }

    /// <summary>A table of the sites: name, kind, distribution, batch and event shape of the distribution, and shape of the value.</summary>
    public string FormatShapes()
    {
        var rows = new List<string[]> { new[] { "site", "kind", "distribution", "batch", "event", "value" } };
        rows.AddRange(this.Select(site => new[]
        {
            site.Name, site.Kind.ToString().ToLowerInvariant(), site.Distribution?.Name ?? "",
            site.Distribution is { } batch ? Shapes.Format(batch.BatchShape) : "",
            site.Distribution is { } own ? Shapes.Format(own.EventShape) : "",
            site.Value is { } value ? Shapes.Format(value.Sizes()) : site.PlateCount.ToString(CultureInfo.InvariantCulture),
        }));
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
            text.Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
        return text.ToString();
    }

    private static string? Difference(in TraceSite a, in TraceSite b, double tolerance)
    {
        if (a.Kind != b.Kind)
            return $"{Noun(a.Kind)} and {Noun(b.Kind)}";
        if (a.Value is null || b.Value is null)
            return a.Value is null && b.Value is null && a.PlateSize == b.PlateSize ? null : "other elements visited";
        if (!a.Value.Sizes().AsSpan().SequenceEqual(b.Value.Sizes()))
            return $"shapes {Shapes.Format(a.Value.Sizes())} and {Shapes.Format(b.Value.Sizes())}";
        using var scope = NewDisposeScope();
        var (one, other) = (a.Value.detach().to_type(ScalarType.Float64), b.Value.detach().to_type(ScalarType.Float64));
        // Equal infinities have no difference that is a number, and what is no number in both is the same.
        var same = one.eq(other).logical_or(one.isnan().logical_and(other.isnan()));
        var apart = where(same, one.new_zeros([]), (one - other).abs());
        var largest = apart.numel() == 0 ? 0 : apart.max().Number<double>();
        return largest <= tolerance ? null : string.Create(CultureInfo.InvariantCulture, $"values {largest:G3} apart");
    }

    private void Append(ReadOnlySpan<TraceSite> entries)
    {
        foreach (ref readonly var entry in entries)
            Append(in entry);
    }
}
