using System.Buffers.Binary;
using System.Text.Json;
using Pyro.Distributions;
using Pyro.Files;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Files;

/// <summary>The format itself: sizes, pieces and order.</summary>
public class SafeTensorsTests
{
    private static readonly Dictionary<string, string> s_nothing = [];

    private static KeyValuePair<string, Tensor>[] Mixed() =>
    [
        new("bytes", tensor(new byte[] { 1, 2, 3 })), new("doubles", tensor(new[] { 1.5, 2.5, 3.5 })), new("yes", tensor(true)), new("floats", rand(3, 5)),
        new("halves", rand(7).to_type(ScalarType.Float16)), new("none", zeros(0, 3)), new("longs", arange(11, ScalarType.Int64)), new("one", tensor(4f)),
    ];

    private static MemoryStream Written(int piece)
    {
        var memory = new MemoryStream();
        manual_seed(1);
        SafeTensors.Write(memory, Mixed(), s_nothing, piece);
        memory.Position = 0;
        return memory;
    }

    [TestCase(8)]
    [TestCase(12)]
    [TestCase(64)]
    public void WhatIsWrittenAndReadInPiecesIsTheSame(int piece)
    {
        using var whole = Written(Pieces.Longest);
        using var parts = Written(piece);
        Assert.That(parts.ToArray(), Is.EqualTo(whole.ToArray()));
        var (tensors, _) = SafeTensors.Read(parts, piece);
        manual_seed(1);
        foreach (var (name, expected) in Mixed())
        {
            Assert.That(tensors[name].dtype, Is.EqualTo(expected.dtype));
            Assert.That(tensors[name].shape, Is.EqualTo(expected.shape));
            Assert.That(tensors[name].bytes.ToArray(), Is.EqualTo(expected.bytes.ToArray()));
        }
    }

    [Test]
    public void EachTensorStartsAtAMultipleOfTheSizeOfItsNumbers()
    {
        using var memory = Written(Pieces.Longest);
        var bytes = memory.ToArray();
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, length));
        Assert.That(length % 8, Is.EqualTo(0));
        foreach (var (name, tensor) in Mixed())
            Assert.That(header.RootElement.GetProperty(name).GetProperty("data_offsets")[0].GetInt64() % tensor.ElementSize, Is.EqualTo(0));
    }

    [TestCase("[4611686018427387904,4611686018427387904,0]")]
    [TestCase("[0,4611686018427387904,4611686018427387904]")]
    [TestCase("[0,4611686018427387904]")]
    public void AShapeThatNoTensorCanHaveIsRefusedAlsoWhereItIsEmpty(string shape)
    {
        var header = $"{{\"x\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":[0,0]}}}}";
        using var memory = new MemoryStream([.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.UTF8.GetBytes(header)]);
        Assert.That(() => SafeTensors.Read(memory), Throws.TypeOf<InvalidDataException>().With.Message.Contains("has the shape"));
    }

    [Test]
    public void NumbersAreLookedAtInPieces()
    {
        var numbers = arange(100, ScalarType.Float64).reshape(10, 10);
        Assert.That(Pieces.Of(numbers, 24).SelectMany(piece => piece.Numbers()), Is.EqualTo(Enumerable.Range(0, 100).Select(i => (double)i)));
        Assert.That(Pieces.Of(numbers).Single(), Is.SameAs(numbers));
    }
}
