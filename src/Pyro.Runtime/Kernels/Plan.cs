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
}
