using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pyro.LibTorch.Tests;

/// <summary>Files of tensors and modules: round trips, and what is no such file.</summary>
public class FileTests
{
    private static readonly byte[][] Foreign =
    [
        [],
        "PK\u0003\u0004\u0014\0\0\u0008\u0008\0"u8.ToArray(),
        [0x89, .. "PNG\r\n\u001a\n\0\0\0\rIHDR"u8],
        "loss,step\n0.5,1\n0.4,2\n"u8.ToArray(),
        [.. Enumerable.Repeat((byte)0xff, 64)],
        // A float tensor of 10^12 by 10^12 elements, and one of 10^12, without any.
        [6, 2, .. Leb(1_000_000_000_000), .. Leb(1_000_000_000_000)],
        [6, 1, .. Leb(1_000_000_000_000), 0, 0, 0, 0],
        // More dimensions than any tensor has; a type that there is not; a size that is no number.
        [6, 100],
        [99, 0],
        [6, 1, .. Enumerable.Repeat((byte)0x80, 40), 1],
        // A truth value of 2.
        [11, 1, 2, 1, 2],
    ];

    public static TheoryData<ScalarType> Types() => new(ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16,
        ScalarType.Float32, ScalarType.Float64, ScalarType.ComplexFloat32, ScalarType.ComplexFloat64, ScalarType.Bool, ScalarType.BFloat16);

    [Theory]
    [MemberData(nameof(Types))]
    public void A_tensor_comes_back_as_it_was(ScalarType type)
    {
        foreach (var shape in (long[][])[[], [0], [3], [2, 0, 4], [2, 3, 4]])
        {
            using var scope = NewDisposeScope();
            var tensor = arange(24)[..(int)shape.Aggregate(1L, (product, size) => product * size)].to_type(type).reshape(shape);
            Assert.Equal(tensor, Loaded(Saved(tensor)));
            Assert.Equal(type, Loaded(Saved(tensor)).dtype);
        }
    }

    [Fact]
    public void Every_truncated_tensor_is_refused()
    {
        using var tensor = ones([2, 3], dtype: ScalarType.Float64);
        var file = Saved(tensor);
        for (var length = 0; length < file.Length; length++)
            Refused(() => Loaded(file[..length]));
    }

    [Fact]
    public void What_is_no_tensor_is_refused_before_memory_is_asked_for()
    {
        foreach (var file in Foreign)
        {
            Refused(() => Loaded(file));
            // A stream that cannot say how long it is.
            Refused(() => Tensor.Load(new System.IO.Compression.GZipStream(new MemoryStream(Packed(file)), System.IO.Compression.CompressionMode.Decompress)));
        }
    }

    [Fact]
    public void A_module_takes_all_of_a_file_or_nothing()
    {
        using var scope = NewDisposeScope();
        var module = Sequential(Linear(3, 4), BatchNorm1d(4), Linear(4, 1));
        var own = Saved(module);
        Assert.True(own.Length > 100);
        var other = Sequential(Linear(3, 4), BatchNorm1d(4), Linear(4, 1));
        Load(other, own);
        Assert.Equal(own, Saved(other));

        var kept = Saved(module);
        for (var length = 0; length < own.Length; length++)
            Refused(() => Load(module, own[..length]));
        foreach (var file in Foreign)
            Refused(() => Load(module, file));
        Assert.Contains("2.weight", Assert.Throws<ArgumentException>(() => Load(module, Saved(Sequential(Linear(3, 4), BatchNorm1d(4))))).Message);
        Assert.Contains("shape", Assert.Throws<ArgumentException>(() => Load(module, Saved(Sequential(Linear(3, 5), BatchNorm1d(5), Linear(5, 1))))).Message);
        Assert.Equal(kept, Saved(module));
    }

    [Fact]
    public void Damaged_bytes_do_no_other_harm()
    {
        using var scope = NewDisposeScope();
        var module = Sequential(Linear(2, 3), Linear(3, 1));
        var own = Saved(module);
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = own.ToArray();
            for (var change = random.Next(3); change >= 0; change--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Load(module, damaged);
                Load(module, own);
            }
            catch (Exception error) when (error is InvalidDataException or ArgumentException)
            {
                Assert.Equal(own, Saved(module));
            }
        }
    }

    private static byte[] Leb(long value)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt64(value);
        return stream.ToArray();
    }

    private static byte[] Packed(byte[] file)
    {
        using var stream = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionMode.Compress))
            zip.Write(file);
        return stream.ToArray();
    }

    private static byte[] Saved(Tensor tensor)
    {
        using var stream = new MemoryStream();
        tensor.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Saved(Module module)
    {
        using var stream = new MemoryStream();
        module.save(stream);
        return stream.ToArray();
    }

    private static Tensor Loaded(byte[] file) => Tensor.Load(new MemoryStream(file));

    private static void Load(Module module, byte[] file) => module.load(new MemoryStream(file));

    private static void Refused(Action load)
    {
        var message = Assert.Throws<InvalidDataException>(load).Message;
        Assert.DoesNotContain('\n', message);
        Assert.EndsWith(".", message);
    }
}
