using System.Text.Json;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Densities and moments against scipy's, row by row.</summary>
public class ScipyRowTests
{
    private static readonly JsonElement[] s_rows = Read();

    public static IEnumerable<string> Families => s_rows.Select(Family).Distinct();

    [Test]
    public void NoRowIsLeftOut()
    {
        Assert.That(s_rows.Length, Is.AtLeast(216));
        Assert.That(Catalogue.All.Where(form => form.ByName is not null).Select(form => form.Name), Is.EquivalentTo(Families));
    }

    [TestCaseSource(nameof(Families))]
    public void DoubleIsExact(string family) => Check(family, ScalarType.Float64, 1e-9);

    [TestCaseSource(nameof(Families))]
    public void FloatIsClose(string family) => Check(family, ScalarType.Float32, 1e-5);

    private static void Check(string family, ScalarType dtype, double tolerance)
    {
        var rows = s_rows.Where(row => Family(row) == family).ToArray();
        Assert.That(rows, Is.Not.Empty);
        foreach (var row in rows)
        {
            var distribution = Catalogue.Find(family).ByName!(name => ToTensor(row.GetProperty("params").GetProperty(name), dtype));
            var value = ToTensor(row.GetProperty("value"), dtype);
            var expected = row.GetProperty("log_pdf").GetDouble();
            Numeric.Close(expected, distribution.LogPdf(value).Number(), tolerance);
            CheckMoment(row, "mean", () => distribution.AnalyticMean, tolerance);
            CheckMoment(row, "variance", () => distribution.AnalyticVar, tolerance);
        }
    }

    private static void CheckMoment(JsonElement row, string name, Func<Tensor> moment, double tolerance)
    {
        if (!row.TryGetProperty(name, out var expected) || expected.ValueKind == JsonValueKind.Null)
            return;
        Numeric.Close(ToTensor(expected, ScalarType.Float64).Numbers(), moment().Numbers(), tolerance);
    }

    internal static Tensor ToTensor(JsonElement json, ScalarType dtype) => json.ValueKind switch
    {
        JsonValueKind.Array when json.GetArrayLength() > 0 && json[0].ValueKind == JsonValueKind.Array =>
            stack(json.EnumerateArray().Select(row => ToTensor(row, dtype))),
        JsonValueKind.Array => tensor(json.EnumerateArray().Select(number => number.GetDouble()).ToArray(), dtype),
        _ => tensor(json.GetDouble(), dtype),
    };

    private static string Family(JsonElement row) => row.GetProperty("distribution").GetString()!;

    private static JsonElement[] Read()
    {
        using var stream = typeof(ScipyRowTests).Assembly.GetManifestResourceStream("distributions.json")!;
        return
        [
            .. JsonDocument.Parse(stream).RootElement.GetProperty("rows").EnumerateArray(),
            .. Catalogue.All.SelectMany(form => JsonElement.Parse(form.ScipyRows).EnumerateArray()),
        ];
    }
}
