namespace Pyro.Optim;

/// <summary>Options of an optimizer for a parameter.</summary>
public abstract record OptimOptions
{
    /// <summary>Whether the steps climb instead of descending.</summary>
    public bool Maximize { get; init; }

    /// <summary>
    /// Looks for a value that the rule cannot use. Called where the options are the same for all when the optimizer is made, and otherwise before a parameter's
    /// first step.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is one; the message names it and says what it must be.</exception>
    protected internal abstract void Check();
}
