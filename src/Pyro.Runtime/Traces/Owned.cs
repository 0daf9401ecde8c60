using TorchSharp;

namespace Pyro.Traces;

/// <summary>The tensors that a result owns: all that were made while it was computed.</summary>
internal sealed class Owned : IDisposable
{
    private readonly List<IDisposable> _tensors = [];

    /// <summary>Takes over what a scope holds. It goes on in the scope around that one, where there is one: what ends first ends it.</summary>
    public void Take(DisposeScope scope)
    {
        var tensors = scope.DisposablesView;
        scope.MoveToOuter(tensors);
        _tensors.AddRange(tensors);
    }

    /// <summary>Disposes them.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors)
            tensor.Dispose();
        _tensors.Clear();
    }
}
