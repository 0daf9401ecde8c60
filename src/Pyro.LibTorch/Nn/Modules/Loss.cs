using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp;

/// <summary>A loss of two arguments.</summary>
public abstract class Loss<T1, T2, TResult> : nn.Module<T1, T2, TResult>
{
    /// <summary>A loss with this reduction.</summary>
    protected Loss(Reduction reduction = Reduction.Mean)
        : base("Loss") => this.reduction = reduction;

    /// <summary>How the losses of the elements are reduced.</summary>
    public Reduction reduction { get; }
}

/// <summary>A loss of three arguments.</summary>
public abstract class Loss<T1, T2, T3, TResult> : nn.Module<T1, T2, T3, TResult>
{
    /// <summary>A loss with this reduction.</summary>
    protected Loss(Reduction reduction = Reduction.Mean)
        : base("Loss") => this.reduction = reduction;

    /// <summary>How the losses of the elements are reduced.</summary>
    public Reduction reduction { get; }
}

/// <summary>A loss of four arguments.</summary>
public abstract class Loss<T1, T2, T3, T4, TResult> : nn.Module<T1, T2, T3, T4, TResult>
{
    /// <summary>A loss with this reduction.</summary>
    protected Loss(Reduction reduction = Reduction.Mean)
        : base("Loss") => this.reduction = reduction;

    /// <summary>How the losses of the elements are reduced.</summary>
    public Reduction reduction { get; }
}

/// <summary>A loss of two arguments with a weight for each class or element.</summary>
public abstract class WeightedLoss<T1, T2, TResult> : Loss<T1, T2, TResult>
{
    /// <summary>A loss with this weight and reduction.</summary>
    protected WeightedLoss(Tensor? weight = null, Reduction reduction = Reduction.Mean)
        : base(reduction) => this.weight = weight;

    /// <summary>The weight of each class or element; null: 1.</summary>
    public Tensor? weight { get; }
}
