namespace Pyro.Kernels;

/// <summary>How the tensors of one call meet: the arguments of the density, then the weights where there are some, then the result.</summary>
/// <param name="Layout">The elements of all of them.</param>
/// <param name="Arguments">How many arguments there are.</param>
/// <param name="Weighted">Whether there are weights.</param>
/// <param name="Scale">What the log density is multiplied with.</param>
/// <param name="Shape">The result's shape.</param>
internal sealed record Plan(Layout Layout, int Arguments, bool Weighted, double Scale, long[] Shape)
{
    /// <summary>The place of the weights.</summary>
    public int Weights => Arguments;

    /// <summary>The place of the result.</summary>
    public int Output => Weighted ? Arguments + 1 : Arguments;

    /// <summary>How tensors meet whose elements, or rows, lie in order.</summary>
    /// <param name="shape">What all of them broadcast to; no size is zero.</param>
    /// <param name="kept">How many of the first dimensions the result has.</param>
    /// <param name="inputs">The shapes of the arguments and, where there is one more, of the weights.</param>
    /// <param name="arguments">How many arguments there are.</param>
    /// <param name="scale">What the log density is multiplied with.</param>
    public static Plan Of(long[] shape, int kept, long[][] inputs, int arguments, double scale)
    {
        var result = (long[])shape.Clone();
        result.AsSpan(kept).Fill(1);
        return new Plan(Layout.Of(shape, [.. inputs, result]), arguments, inputs.Length > arguments, scale, shape[..kept]);
    }
}
