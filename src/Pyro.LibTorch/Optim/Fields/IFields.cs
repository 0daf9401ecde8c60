using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Visits what an optimizer's options or a parameter's state consist of, in the order in which files have them.</summary>
internal interface IFields
{
    void Visit(ref double value);

    void Visit(ref long value);

    void Visit(ref double? value);

    void Visit(ref bool? value);

    void Visit(ref torch.Tensor value);

    /// <summary>A tensor that may be absent.</summary>
    void VisitOptional(ref torch.Tensor? value);
}
