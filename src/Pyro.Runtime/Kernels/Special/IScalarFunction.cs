namespace Pyro.Kernels.Special;

/// <summary>A function of a few numbers, in double.</summary>
internal interface IScalarFunction
{
    /// <summary>The name of its node.</summary>
    static abstract string Name { get; }

    /// <summary>The value; NaN where there is none.</summary>
    /// <param name="arguments">The numbers.</param>
    /// <param name="slopes">Room for the derivatives by them.</param>
    static abstract double At(ReadOnlySpan<double> arguments, Span<double> slopes);
}
