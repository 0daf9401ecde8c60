using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests.Optim;

/// <summary>What expected.py wrote, and the problem that it is about.</summary>
internal static class Expected
{
    private static readonly JsonElement All = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Optim", "expected.json"))).RootElement;

    internal static string[] Names(string section) => [.. All.GetProperty(section).EnumerateObject().Select(item => item.Name)];

    internal static double[][] Rows(string section, string name, string? part = null)
    {
        var item = All.GetProperty(section).GetProperty(name);
        return JsonSerializer.Deserialize<double[][]>(part is null ? item : item.GetProperty(part))!;
    }

    internal static (Parameter W, Parameter B) Parameters(ScalarType dtype) =>
        (new Parameter(tensor(new[,] { { 0.9, -0.4, 0.3 }, { 0.1, 1.2, -1.1 } }).to_type(dtype)), new Parameter(tensor(0.5).to_type(dtype)));

    internal static Tensor Loss(Parameter w, Parameter b)
    {
        var c = tensor(new[] { 0.2, -0.3, 0.5 }).to_type(w.dtype);
        return (w.pow(4) / 4 - w * c).sum() + (b - w.sum()).pow(2);
    }

    internal static double[] Values(params Tensor[] tensors) =>
        [.. tensors.SelectMany(tensor => tensor.detach().to_type(ScalarType.Float64).reshape(-1).data<double>().ToArray())];
}
