using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>A term of the log density that belongs to no random choice: whatever the value, the density is what it was given.</summary>
internal sealed class Factor(Tensor logDensity) : Distribution(logDensity.Sizes(), eventRank: 0, reparameterized: false)
{
    public override string Name => nameof(Factor);

    public override Constraint Support => Constraints.Real;

    public override IReadOnlyList<DistributionParameter> Parameters => [];

    protected internal override Tensor Leading => logDensity;

    protected override Tensor Density(Tensor x) => logDensity;

    protected internal override Distribution With(in Expansion expansion) => new Factor(expansion.Of(logDensity));

    protected override Tensor Draw(Generator? generator) => logDensity;
}
