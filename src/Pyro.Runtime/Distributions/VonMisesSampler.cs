using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Draws angles by rejection from a wrapped Cauchy envelope (Best and Fisher, "Efficient simulation of the von Mises distribution", 1979).</summary>
internal static class VonMisesSampler
{
    // Fewer than one in three candidates is rejected at any concentration, so all of 2³⁰ elements are accepted long before.
    private const int Rounds = 200;

    private const double Narrow = 1e7;

    public static Tensor Draw(Tensor mu, Tensor kappa, Generator? generator)
    {
        using var scope = NewDisposeScope();
        // In double: the envelope's parameter is a difference of nearly equal numbers at small concentrations.
        var k = kappa.to_type(ScalarType.Float64);
        var tau = 1 + (1 + 4 * k.square()).sqrt();
        var rho = (tau - (2 * tau).sqrt()) / (2 * k);
        var proposal = where(k.lt(1e-5), 1 / k + k, (1 + rho.square()) / (2 * rho));
        var shape = mu.Sizes();
        var angle = zeros(shape, ScalarType.Float64, mu.device);

        // From there on the angle is normal to 1e-8, and the envelope's numbers have no digits left.
        var narrow = k.gt(Narrow).expand(shape);
        var open = narrow.logical_not();
        for (var round = 0; round < Rounds && open.any().Number<bool>(); round++)
        {
            var z = ((Noise.Uniform(shape, k, generator) * 2 - 1) * (Math.PI / 2)).tan().square();
            var cosine = ((1 - z) / (1 + z)).clamp(-1.0, 1.0);
            var f = ((1 + proposal * cosine) / (proposal + cosine)).clamp(-1.0, 1.0);
            var c = k * (proposal - f);
            var u = Noise.OpenUniform(shape, k, generator);
            var accepted = (c * (2 - c) - u).gt(0).logical_or(((c / u).log() + 1 - c).ge(0));
            var sign = (Noise.Uniform(shape, k, generator) - 0.5).sign();
            angle = where(open.logical_and(accepted), sign * f.acos(), angle);
            open = open.logical_and(accepted.logical_not());
        }
        if (narrow.any().Number<bool>())
            angle = where(narrow, Noise.Normal(shape, k, generator) / k.sqrt(), angle);
        var turned = angle + mu.to_type(ScalarType.Float64) + Math.PI;
        var wrapped = turned.remainder(2 * Math.PI) - Math.PI;

        // Rounding to single precision must not leave the circle.
        var edge = mu.dtype == ScalarType.Float64 ? Math.PI : MathF.BitDecrement(MathF.PI);
        return scope.MoveToOuter(wrapped.clamp(-edge, edge).to_type(mu.dtype));
    }
}
