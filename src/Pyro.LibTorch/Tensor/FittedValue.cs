using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>A value as what is put in a place of some rank: without the leading dimensions of size 1 that the place does not have.</summary>
internal readonly ref struct FittedValue
{
    private readonly Tensor? made;

    internal FittedValue(Tensor value, long rank)
    {
        Value = value;
        var shape = value.shape;
        var extra = 0;
        while (shape.Length - extra > rank && shape[extra] == 1)
            extra++;
        if (extra > 0)
            Value = made = Ops.view(value, shape.AsSpan(extra));
    }

    internal Tensor Value { get; }

    public void Dispose() => made?.Dispose();
}
