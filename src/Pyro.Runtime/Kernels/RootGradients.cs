using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// The gradient of a sum, collected term by term. A fused log density gives the derivatives by its arguments together with its value, so that it
/// needs no node of the graph where it is a term itself; any other term is differentiated from itself on. One run of the engine, from all arguments
/// and terms at once, then adds the gradients to the leaves.
/// </summary>
internal sealed class RootGradients
{
    private readonly List<Tensor> _roots = [];
    private readonly List<Tensor> _derivatives = [];
    private readonly List<Tensor> _terms = [];

    /// <summary>Adds what one term gives for one of its arguments.</summary>
    /// <param name="argument">The argument, which requires a gradient.</param>
    /// <param name="derivative">The derivative of the term by it, in its shape. It is given away: a backward run may change it.</param>
    public void Add(Tensor argument, Tensor derivative)
    {
        _roots.Add(argument);
        _derivatives.Add(derivative);
    }

    /// <summary>Adds a term that the graph knows; nothing where it requires no gradient.</summary>
    /// <param name="term">A 0-dim tensor.</param>
    public void Add(Tensor term)
    {
        if (term.requires_grad)
            _terms.Add(term);
    }

    /// <summary>Adds the gradient of the sum to the leaves.</summary>
    /// <param name="weight">What the sum is multiplied with.</param>
    public void Backward(double weight)
    {
        if (weight != 1)
            foreach (var derivative in _derivatives)
                derivative.mul_(weight);
        foreach (var term in _terms)
            Add(term, term.new_full([], weight));
        _terms.Clear();
        if (_roots.Count > 0)
            Engine.Backward(_roots, _derivatives);
        Clear();
    }

    /// <summary>Forgets all terms.</summary>
    public void Clear()
    {
        _roots.Clear();
        _derivatives.Clear();
        _terms.Clear();
    }
}
