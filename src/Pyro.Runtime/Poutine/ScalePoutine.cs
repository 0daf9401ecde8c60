using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Multiplies the log density of each site by a factor.</summary>
/// <param name="scale">The factor; a finite number from 0. With 0 the sites count nothing.</param>
/// <exception cref="ArgumentOutOfRangeException">The factor is negative, infinite or NaN.</exception>
public sealed class ScalePoutine(double scale) : Poutine
{
    private readonly double _scale = Checked(scale, nameof(scale));

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (_scale != 0)
            message.Scale *= _scale;
        else if (message.Kind is SiteKind.Latent or SiteKind.Observed)
            // What counts nothing may be infinite.
            message.Mask = zeros([], ScalarType.Bool);
    }

    /// <summary>A factor of log densities.</summary>
    internal static double Checked(double factor, string parameter) => double.IsFinite(factor) && factor >= 0
        ? factor
        : throw new ArgumentOutOfRangeException(parameter, factor, "A factor of log densities is a finite number from 0.");
}
