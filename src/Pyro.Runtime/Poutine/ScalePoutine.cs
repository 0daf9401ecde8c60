using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>Multiplies the log density of each site by a factor.</summary>
/// <param name="scale">The factor; positive.</param>
public sealed class ScalePoutine(double scale) : Poutine
{
    private readonly double _scale = double.IsFinite(scale) && scale > 0
        ? scale
        : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The factor of log densities must be positive and finite.");

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void Before(ref Message message) => message.Scale *= _scale;
}
