using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch.Tests;

/// <summary>Arrays and numbers into tensors and back.</summary>
public class ArrayTests
{
    [Fact]
    public void Arrays_of_any_element_and_rank_become_tensors()
    {
        Array[] arrays =
        [
            new[] { true, false }, new byte[] { 1, 2 }, new sbyte[] { 1, -2 }, new short[] { 1, -2 }, new[] { 1, -2 }, new[] { 1L, -2 },
            new[] { (Half)1, (Half)(-2) }, new[] { 1f, -2 }, new[] { 1.0, -2 }, new[] { (1f, 2f), (3f, 4f) }, new[] { Complex.One, new Complex(0, 2) },
        ];
        ScalarType[] types =
        [
            ScalarType.Bool, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64,
            ScalarType.Float16, ScalarType.Float32, ScalarType.Float64, ScalarType.ComplexFloat32, ScalarType.ComplexFloat64,
        ];
        foreach (var (array, type) in arrays.Zip(types))
        {
            using var made = from_array(array);
            Assert.Equal(type, made.dtype);
            Assert.Equal([2L], made.shape);
        }
        using var cube = as_tensor((Array)new[,,] { { { 1, 2 } }, { { 3, 4 } } }, ScalarType.Float32);
        Assert.Equal([2L, 1, 2], cube.shape);
        Assert.Equal([1f, 2, 3, 4], cube.data<float>().ToArray());
        Assert.Throws<NotSupportedException>(() => from_array(new[] { "a" }));
        Assert.Throws<NotSupportedException>(() => from_array(new[] { 1m }));
    }

    [Fact]
    public void Buffers_and_numbers_become_tensors()
    {
        using var part = frombuffer(new[] { 1, 2, 3, 4, 5 }, ScalarType.Float64, count: 2, offset: 1);
        Assert.Equal([2.0, 3], part.data<double>().ToArray());
        using var rest = frombuffer(new[] { 1f, 2, 3 }, ScalarType.Float32, offset: 1, requires_grad: true);
        Assert.Equal([2f, 3], rest.data<float>().ToArray());
        Assert.True(rest.requires_grad && rest.is_leaf);
        using var matrix = new[] { 1.0, 2, 3, 4 }.ToTensor([2, 2]);
        Assert.Equal(3, matrix[1, 0].ToDouble());
        using var number = 1.5f.ToTensor(requires_grad: true);
        Assert.Equal(0, number.dim());
        Assert.True(number.requires_grad);
        Assert.Equal([2, 2], matrix.IntShape().ToArray());
    }

    [Fact]
    public void A_tensor_taken_as_a_tensor_shares_its_elements()
    {
        using var original = zeros(2);
        using var same = as_tensor(original);
        same.fill_(3);
        Assert.Equal([3f, 3], original.data<float>().ToArray());
        using var other = as_tensor(original, ScalarType.Int64);
        other.fill_(4);
        Assert.Equal([3f, 3], original.data<float>().ToArray());
    }

    [Fact]
    public void Elements_are_read_by_place_as_bytes_and_as_lists()
    {
        using var matrix = tensor(new[,] { { 1.5f, 2 }, { 3, 4 } });
        Assert.Equal(3, matrix.ReadCpuSingle(2));
        Assert.Equal(2, matrix.T.ReadCpuSingle(2));
        Assert.Equal(4L, arange(5).ReadCpuInt64(4));
        Assert.Equal(0.5f, tensor(new[] { (Half)0.5 }).ReadCpuFloat16(0));
        Assert.Throws<ArgumentException>(() => matrix.ReadCpuDouble(0));
        Assert.Equal([[1.5f, 2f], [3f, 4f]], ((List<object>)matrix.tolist()).Select(row => ((List<object>)row).Cast<float>()));
        Assert.Equal(7L, tensor(7L).tolist());
        Assert.True((bool)tensor(true).tolist());
        using var stream = new MemoryStream();
        matrix.WriteBytesToStream(stream);
        stream.Position = 0;
        using var copy = zeros(2, 2);
        copy.ReadBytesFromStream(stream);
        Assert.Equal(matrix.data<float>().ToArray(), copy.data<float>().ToArray());
        Assert.Throws<EndOfStreamException>(() => copy.ReadBytesFromStream(stream));
    }

    [Fact]
    public void Types_know_their_limits()
    {
        Assert.Equal(double.Epsilon, finfo(ScalarType.Float64).tiny * Math.ScaleB(1, -52));
        Assert.Equal(MathF.BitIncrement(1f) - 1, (float)finfo(ScalarType.Float32).eps);
        Assert.Equal((double)Half.MaxValue, finfo(ScalarType.Float16).max);
        Assert.Equal(float.MaxValue, -finfo().min);
        Assert.Equal(32767, max_int_value(ScalarType.Int16));
        Assert.Throws<ArgumentException>(() => finfo(ScalarType.Int32));
        Assert.Throws<ArgumentException>(() => max_int_value(ScalarType.Float32));
    }

    [Fact]
    public void Single_numbers_are_drawn_within_their_bounds()
    {
        using var generator = new Generator(3);
        for (var i = 0; i < 100; i++)
        {
            Assert.InRange(rand_float(generator), 0, 1);
            Assert.InRange(randint_int(3, 5, generator), 3, 4);
            Assert.InRange(randint_long(2, generator), 0, 1);
        }
        Assert.Contains(true, Enumerable.Range(0, 50).Select(_ => randint_bool(generator)));
        Assert.Contains(false, Enumerable.Range(0, 50).Select(_ => randint_bool(generator)));
        Assert.NotEqual(randn_float(generator), randn_float(generator));
    }

    [Fact]
    public void Jacobians_are_shaped_as_output_then_input()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1.0, 2, 3 });
        var y = tensor(2.0);
        using var square = autograd.functional.jacobian(v => v * v, x);
        Assert.Equal([2.0, 0, 0, 0, 4, 0, 0, 0, 6], square.data<double>().ToArray());
        var both = autograd.functional.jacobian((Tensor[] v) => new[] { v[0].sum() * v[1], v[1] * 3 }, x, y).ToList();
        Assert.Equal([[3L], [], [3L], []], both.Select(item => item.shape));
        Assert.Equal([2.0, 2, 2], both[0].data<double>().ToArray());
        Assert.Equal([6.0, 0, 3], [both[1].ToDouble(), both[2].sum().ToDouble(), both[3].ToDouble()]);
        Assert.False(x.requires_grad);
    }

    [Fact]
    public void Histograms_cover_the_range_of_the_data()
    {
        using var scope = NewDisposeScope();
        var (counts, edges) = histogram(tensor(new[] { 0.0, 1, 1, 4 }), 4);
        Assert.Equal([1.0, 2, 0, 1], counts.data<double>().ToArray());
        Assert.Equal([0.0, 1, 2, 3, 4], edges.data<double>().ToArray());
    }
}
