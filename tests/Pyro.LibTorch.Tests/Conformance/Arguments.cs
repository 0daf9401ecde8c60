using System.Globalization;
using System.Text;
using System.Text.Json;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>The arguments of one case of expected.json, read as the table's types, and results as a list.</summary>
internal sealed class Arguments
{
    private readonly JsonElement[] values;
    private readonly object?[] made;
    private int missing = -1;
    private int missingInList = -1;

    internal Arguments(JsonElement arguments)
    {
        values = [.. arguments.EnumerateArray()];
        made = new object?[values.Length];
    }

    /// <summary>The tensors that a gradient is expected for, in their order.</summary>
    internal List<Tensor> Differentiable { get; } = [];

    /// <summary>Whether the operation has asked for the tensor that is missing.</summary>
    internal bool MissingWasAsked { get; private set; }

    /// <summary>Where tensors and lists of tensors are among the arguments.</summary>
    internal IEnumerable<int> Tensorial => Enumerable.Range(0, values.Length).Where(i => values[i].ValueKind == JsonValueKind.Object || IsList(i));

    internal Tensor Tensor(int i)
    {
        MissingWasAsked |= i == missing;
        return i == missing ? null! : (Tensor)(made[i] ??= ReadLeaf(values[i]));
    }

    /// <summary>Passes another tensor, or none, in place of one or of the first of a list.</summary>
    internal void Replace(int i, Tensor? tensor)
    {
        if (values[i].ValueKind == JsonValueKind.Object)
        {
            made[i] = tensor;
            missing = tensor is null ? i : -1;
            return;
        }
        var list = OptionalTensors(i);
        list[0] = tensor;
        missingInList = tensor is null ? i : -1;
    }

    /// <summary>A tensor for an operation in place: leaves that a gradient is taken for may not change, but what is computed from them may.</summary>
    internal Tensor Changed(int i) => Tensor(i) is { IsInvalid: false, requires_grad: true } leaf ? leaf.clone() : Tensor(i);

    /// <summary>Reads whatever tensors an argument holds, so that they are among the differentiable ones.</summary>
    internal void Prepare()
    {
        for (var i = 0; i < values.Length; i++)
            if (values[i].ValueKind == JsonValueKind.Object)
                Tensor(i);
            else if (IsList(i))
                made[i] = values[i].EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : ReadLeaf(item)).ToArray();
    }

    internal Tensor? OptionalTensor(int i) => IsNull(i) || i == missing ? null : Tensor(i);

    internal Tensor[] Tensors(int i)
    {
        MissingWasAsked |= i == missingInList;
        return (Tensor[])(made[i] ??= (object)values[i].EnumerateArray().Select(ReadLeaf).ToArray());
    }

    internal Tensor?[] OptionalTensors(int i) =>
        (Tensor?[])(made[i] ??= (object) values[i].EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Null ? null : ReadLeaf(item)).ToArray());

    internal long[] Longs(int i) => [.. values[i].EnumerateArray().Select(item => item.GetInt64())];

    internal long[]? OptionalLongs(int i) => IsNull(i) ? null : Longs(i);

    internal double[]? OptionalDoubles(int i) => IsNull(i) ? null : [.. values[i].EnumerateArray().Select(NumberOf)];

    internal long? OptionalLong(int i) => IsNull(i) ? null : Long(i);

    internal double? OptionalDouble(int i) => IsNull(i) ? null : Double(i);

    internal Number Number(int i) => values[i].ValueKind switch
    {
        JsonValueKind.Null => default,
        JsonValueKind.True or JsonValueKind.False => new Number(values[i].GetBoolean()),
        _ when values[i].TryGetInt64(out var whole) => new Number(whole),
        _ => new Number(values[i].GetDouble()),
    };

    internal ScalarType? Dtype(int i) => IsNull(i) ? null : Named(values[i].GetString()!);

    internal Options Options(int i) => IsNull(i) ? LibTorch.Options.Keeping(null, null) : LibTorch.Options.Keeping(Dtype(i), null);

    internal Generator? Generator(int i) => IsNull(i) ? null : (Generator)(made[i] ??= new Generator((ulong)values[i].GetInt64()));

    internal byte[] Text(int i) => Encoding.UTF8.GetBytes(values[i].GetString()!);

    internal nint Pointer(int i) => throw new NotSupportedException($"Argument {i} is memory of the caller.");

    internal long Long(int i) => values[i].GetInt64();

    internal int Int(int i) => values[i].GetInt32();

    internal double Double(int i) => NumberOf(values[i]);

    internal float Float(int i) => (float)NumberOf(values[i]);

    internal bool Bool(int i) => values[i].GetBoolean();

    internal static object?[] Results(Tensor result) => [result];

    internal static object?[] Results(Tensor[] results) => [.. results];

    internal static object?[] Results((Tensor, Tensor) results) => [results.Item1, results.Item2];

    internal static object?[] Results((Tensor, Tensor, Tensor) results) => [results.Item1, results.Item2, results.Item3];

    internal static object?[] Results((Tensor, Tensor, Tensor, Tensor) results) => [results.Item1, results.Item2, results.Item3, results.Item4];

    internal static object?[] Results(bool result) => [result];

    internal static object?[] Results(long result) => [result];

    internal static object?[] Results(double result) => [result];

    /// <summary>A number, which JSON writes as text where it is not finite.</summary>
    internal static double NumberOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => value.GetDouble(),
    };

    /// <summary>The elements of a tensor as numbers, complex ones as pairs.</summary>
    internal static double[] Elements(Tensor tensor)
    {
        using var mode = no_grad();
        var real = tensor.is_complex() ? view_as_real(tensor.resolve_conj()) : tensor;
        return real.to_type(ScalarType.Float64, copy: true).contiguous().data<double>().ToArray();
    }

    internal static ScalarType Named(string name) => name switch
    {
        "float64" => ScalarType.Float64,
        "float32" => ScalarType.Float32,
        "int64" => ScalarType.Int64,
        "int32" => ScalarType.Int32,
        "int16" => ScalarType.Int16,
        "int8" => ScalarType.Int8,
        "uint8" => ScalarType.Byte,
        "bool" => ScalarType.Bool,
        "complex128" => ScalarType.ComplexFloat64,
        "complex64" => ScalarType.ComplexFloat32,
        _ => throw new ArgumentException($"expected.json has a dtype {name}."),
    };

    private bool IsNull(int i) => values[i].ValueKind == JsonValueKind.Null;

    private bool IsList(int i) => values[i].ValueKind == JsonValueKind.Array && values[i].EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object);

    private Tensor ReadLeaf(JsonElement value)
    {
        var made = Read(value);
        if (value.TryGetProperty("grad", out _))
        {
            made.requires_grad = true;
            Differentiable.Add(made);
        }
        return made;
    }

    /// <summary>The tensor that an entry of the file describes.</summary>
    internal static Tensor Read(JsonElement value)
    {
        var type = Named(value.GetProperty("dtype").GetString()!);
        var shape = value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var numbers = value.GetProperty("data").EnumerateArray().Select(NumberOf).ToArray();
        return is_complex(type)
            ? view_as_complex(tensor(numbers, [.. shape, 2])).to_type(type)
            : tensor(numbers, shape).to_type(type);
    }
}
