using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>Each operation of the tables against what PyTorch computes, forward and backward; expected.py made expected.json.</summary>
public class ConformanceTests
{
    // These have no value to compare: what they do is the subject of the test that is named.
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["sizes"] = nameof(TensorBasicsTests),
        ["strides"] = nameof(TensorBasicsTests),
        ["from_memory"] = nameof(TensorBasicsTests),
        ["copy_out"] = nameof(OperationTests),
        ["data_ptr"] = nameof(TensorBasicsTests),
        ["item"] = nameof(TensorBasicsTests),
        ["set_"] = nameof(TensorBasicsTests),
        ["pin_memory"] = "needs CUDA",
        ["retain_grad"] = nameof(AutogradTests),
        ["grad"] = nameof(AutogradTests),
        ["grad_fn"] = nameof(PrintingTests),
        ["set_grad"] = nameof(AutogradTests),
        ["backward"] = nameof(AutogradTests),
        ["backward__all"] = nameof(AutogradTests),
        ["gradients"] = nameof(AutogradTests),
        ["grad_enabled"] = nameof(AutogradTests),
        ["set_grad_enabled"] = nameof(AutogradTests),
        ["inference_enabled"] = nameof(AutogradTests),
        ["enter_inference"] = nameof(AutogradTests),
        ["leave_inference"] = nameof(AutogradTests),
        ["anomaly_enabled"] = nameof(AutogradTests),
        ["set_anomaly_enabled"] = nameof(AutogradTests),
        ["anomaly_checks_nan"] = nameof(AutogradTests),
        ["num_threads"] = nameof(RandomTests),
        ["set_num_threads"] = nameof(RandomTests),
        ["num_interop_threads"] = nameof(RandomTests),
        ["set_num_interop_threads"] = nameof(RandomTests),
        ["set_default_dtype"] = nameof(TensorBasicsTests),
        ["promote_types"] = nameof(OperationTests),
        ["can_cast"] = nameof(TensorBasicsTests),
        ["cuda_available"] = "needs CUDA",
        ["cudnn_available"] = "needs CUDA",
        ["cuda_devices"] = "needs CUDA",
        ["cuda_synchronize"] = "needs CUDA",
        ["generator"] = nameof(RandomTests),
        ["default_generator"] = nameof(RandomTests),
        ["seed_all"] = nameof(RandomTests),
        ["generator_seed"] = nameof(RandomTests),
        ["generator_current_seed"] = nameof(RandomTests),
        ["generator_new_seed"] = nameof(RandomTests),
        ["generator_state"] = nameof(RandomTests),
        ["set_generator_state"] = nameof(RandomTests),
        ["empty"] = nameof(TensorBasicsTests),
        ["empty_strided"] = nameof(TensorBasicsTests),
        ["empty_like"] = nameof(TensorBasicsTests),
        ["rand_like"] = nameof(RandomTests),
        ["randn_like"] = nameof(RandomTests),
        ["randint_like"] = nameof(RandomTests),
    };

    internal static readonly JsonElement Cases = JsonDocument.Parse(File.ReadAllBytes(
        Path.Combine(AppContext.BaseDirectory, "Conformance", "expected.json"))).RootElement.GetProperty("cases");

    [Fact]
    public void Every_operation_of_the_tables_is_held_against_PyTorch()
    {
        var covered = Cases.EnumerateArray().Select(item => item.GetProperty("op").GetString()!).ToHashSet();
        var missing = Dispatch.Names.Where(name => !covered.Contains(name) && !Elsewhere.ContainsKey(name)).ToList();
        Assert.True(missing.Count == 0, $"No expected values for: {string.Join(", ", missing)}. Add them to expected.py and run it.");
        Assert.DoesNotContain(Elsewhere.Keys, name => !Dispatch.Names.Contains(name) || covered.Contains(name));
        Assert.Empty(covered.Except(Dispatch.Names));
    }

    public static TheoryData<int, string> All()
    {
        var data = new TheoryData<int, string>();
        var index = 0;
        foreach (var item in Cases.EnumerateArray())
            data.Add(index++, item.GetProperty("op").GetString()!);
        return data;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_operation_computes_what_PyTorch_computes(int index, string op)
    {
        using var scope = NewDisposeScope();
        var item = Cases[index];
        var arguments = new Arguments(item.GetProperty("args"));
        var results = Dispatch.Call(op, arguments);
        var expected = item.GetProperty("expected").EnumerateArray().ToArray();
        var tolerance = item.TryGetProperty("tolerance", out var given) ? given.GetDouble() : 1e-9;
        Assert.Equal(expected.Length, results.Length);
        for (var i = 0; i < expected.Length; i++)
            Compare(expected[i], results[i], tolerance);
        if (!item.TryGetProperty("grads", out var gradients))
            return;

        Weighted(results).backward();
        Assert.Equal(gradients.GetArrayLength(), arguments.Differentiable.Count);
        foreach (var (wanted, tensor) in gradients.EnumerateArray().Zip(arguments.Differentiable))
            Compare(wanted, tensor.grad, tolerance * 10);
        if (!item.TryGetProperty("rough", out _))
            AgreesWithDifferences(item, op, arguments);
    }

    // The derivative along one direction of all inputs, by central differences.
    private static void AgreesWithDifferences(JsonElement item, string op, Arguments arguments)
    {
        const double step = 1e-5;
        double Moved(double by)
        {
            using var mode = no_grad();
            var moved = new Arguments(item.GetProperty("args"));
            moved.Prepare();
            foreach (var tensor in moved.Differentiable)
                tensor.add_(Direction(tensor) * by);
            return Weighted(Dispatch.Call(op, moved)).ToDouble();
        }
        var slope = (Moved(step) - Moved(-step)) / (2 * step);
        var along = arguments.Differentiable.Sum(tensor => (tensor.grad! * Direction(tensor)).sum().ToDouble());
        Assert.True(Math.Abs(slope - along) <= 1e-6 * Math.Max(1, Math.Abs(slope)), $"{op}: backward says {along}, differences say {slope}.");
    }

    private static Tensor Direction(Tensor like) => arange(1, like.numel() + 1, dtype: ScalarType.Float64).mul(0.7).sin().view(like.shape).to_type(like.dtype);

    // One number of all differentiable results, the same in expected.py: each element weighs differently.
    internal static Tensor Weighted(object?[] results)
    {
        var total = tensor(0.0);
        foreach (var result in results.OfType<Tensor>())
            if (result.is_floating_point())
                total = total + (result * arange(1, result.numel() + 1, dtype: ScalarType.Float64).cos().view(result.shape)).sum();
        return total;
    }

    internal static void Compare(JsonElement expected, object? actual, double tolerance)
    {
        if (expected.ValueKind != JsonValueKind.Object)
        {
            Assert.Equal(Arguments.NumberOf(expected), Convert.ToDouble(actual, System.Globalization.CultureInfo.InvariantCulture), tolerance);
            return;
        }
        var result = Assert.IsAssignableFrom<Tensor>(actual);
        Assert.Equal(Arguments.Named(expected.GetProperty("dtype").GetString()!), result.dtype);
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), result.shape);
        var wanted = expected.GetProperty("data").EnumerateArray().Select(Arguments.NumberOf).ToArray();
        var found = Arguments.Elements(result);
        Assert.Equal(wanted.Length, found.Length);
        for (var i = 0; i < wanted.Length; i++)
            Assert.True(wanted[i].Equals(found[i]) || Math.Abs(wanted[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(wanted[i])),
                $"element {i} is {found[i]}, expected {wanted[i]}");
    }
}
