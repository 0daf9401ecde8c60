namespace Pyro.Kernels.Special;

/// <summary>A function of two numbers, in double.</summary>
internal interface IScalarFunction
{
    /// <summary>The name of its node.</summary>
    static abstract string Name { get; }

    /// <summary>The value and the derivatives; NaN where there is none.</summary>
    /// <param name="a">The first number.</param>
    /// <param name="b">The second number.</param>
    static abstract (double Value, double ByA, double ByB) At(double a, double b);
}
