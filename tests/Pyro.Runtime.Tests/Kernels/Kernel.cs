using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>A fused density under test, with arguments to try it at.</summary>
/// <param name="Name">The density's name.</param>
/// <param name="Reduce">The fused form.</param>
/// <param name="Operations">The same by operations.</param>
/// <param name="Draw">Arguments inside their domains: the value and the parameters, each of a shape.</param>
/// <param name="Continuous">Which arguments have derivatives.</param>
/// <param name="Extremes">Arguments at the edges.</param>
internal sealed record Kernel(
    string Name, Func<Reduction, Tensor[], Tensor> Reduce, Func<Tensor[], Tensor> Operations, Func<long[][], ScalarType, Generator, Tensor[]> Draw,
    bool[] Continuous, double[][] Extremes)
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>Every density that is fused element by element.</summary>
    public static IReadOnlyList<Kernel> All { get; } =
    [
        Of<NormalDensity>([Real, Real, Positive], "111", [[1e30, 0, 1], [0, 0, 1e-30], [1, 0, 1e-30], [-1e30, 1e30, 1e4], [Infinity, 0, 1], [double.NaN, 0, 1]]),
        Of<HalfNormalDensity>([Positive, Positive], "11", [[0, 1], [-1, 1], [1e30, 1], [1, 1e-30], [-1e30, 1e-30]]),
        Of<LogNormalDensity>([Positive, Real, Positive], "111", [[0, 0, 1], [-1, 0, 1], [1e-30, 0, 1], [1e30, 0, 1e-3], [Infinity, 0, 1], [1, 0, 1e-30]]),
        Of<CauchyDensity>([Real, Real, Positive], "111", [[1e10, 0, 1], [1e20, 0, 1], [0, 0, 1e-30], [1e30, 0, 1], [1e30, 0, 1e-30], [1, 1, 1e30]]),
        Of<HalfCauchyDensity>([Positive, Negative, Positive], "111", [[0, 0, 1], [-1, 0, 1], [1e10, 0, 1], [1e30, 0, 1e-30], [-1e30, 1e30, 1]]),
        Of<LaplaceDensity>([Real, Real, Positive], "111", [[0, 0, 1], [1e30, 0, 1], [0, 1, 1e-30]]),
        Of<StudentTDensity>([Real, Positive, Real, Positive], "1111", [[0, 1, 0, 1], [1e10, 2, 0, 1], [0, 1e-3, 0, 1], [1, 1e6, 0, 1], [1e15, 1, 0, 1e-3], [1e30, 2, 0, 1], [1e30, 2, 0, 1e-30], [1, 1e-6, 0, 1]]),
        Of<ExponentialDensity>([Positive, Positive], "11", [[0, 1], [-1, 1], [1e30, 1], [1, 1e-30], [1, 1e30]]),
        Of<GammaDensity>([Positive, Positive, Positive], "111", [[0, 1, 1], [-1, 2, 1], [1e-30, 1e-6, 1], [1e6, 1e6, 1], [1, 1e-6, 1e-6], [1e30, 1, 1], [Infinity, 2, 1], [3, 1, 1]]),
        Of<InverseGammaDensity>([Positive, Positive, Positive], "111", [[0, 1, 1], [-1, 2, 1], [1e-20, 2, 1], [1e30, 1e-6, 1e-30], [1, 1e6, 1e6], [Infinity, 2, 1], [3, 1, 1]]),
        Of<BetaDensity>([Unit, Positive, Positive], "111", [[0, 2, 1], [1, 1, 2], [0.5, 1e-3, 1e-3], [1e-3, 1e-3, 1e-3], [-0.1, 1, 1], [1.1, 2, 2], [0.5, 1e6, 1e6]]),
        Of<UniformDensity>([Unit, Negative, AboveOne], "011", [[0, 0, 1], [1, 0, 1], [-1, 0, 1], [2, 0, 1], [1e30, -1e30, 1e30], [0, 0, 1e-30]]),
        Of<PoissonDensity>([Count, Positive], "01", [[0, 0], [0, 1], [3, 1e-30], [-1, 1], [1.5, 1], [1e6, 1e6], [0, 1e30]]),
        Of<BernoulliDensity>([Bit, Unit], "01", [[1, 1], [0, 0], [1, 0], [0, 1], [2, 0.5], [0.5, 0.5], [1, 1e-30]]),
        Of<BernoulliLogitsDensity>([Bit, Real], "01", [[1, 1e4], [0, 1e4], [1, -1e4], [0, -1e4], [2, 0], [0.5, 1]]),
        Of<BinomialDensity>([Count, AboveCount, Unit], "001", [[0, 0, 0.5], [3, 3, 1], [0, 3, 0], [1, 3, 0], [4, 3, 0.5], [-1, 3, 0.5], [1.5, 3, 0.5], [500, 1000, 0.5]]),
        Of<BinomialLogitsDensity>([Count, AboveCount, Real], "001", [[0, 0, 1], [3, 3, 1e4], [0, 3, 1e4], [4, 3, 0], [1.5, 3, 0]]),
        Of<NegativeBinomialDensity>([Count, Positive, Unit], "011", [[0, 1, 0], [3, 2, 0.5], [-1, 2, 0.5], [1.5, 2, 0.5], [1e6, 1e-3, 0.99], [0, 1e6, 1e-6], [500, 1e8, 1e-6]]),
        Of<NegativeBinomialLogitsDensity>([Count, Positive, Real], "011", [[0, 1, -1e4], [3, 2, 1e4], [3, 2, -1e4], [-1, 2, 0], [1.5, 2, 0], [1e6, 1e-3, 5]]),
        Of<BetaBinomialDensity>([Count, Positive, Positive, AboveCount], "0110", [[0, 1, 1, 0], [0, 2, 3, 5], [5, 2, 3, 5], [6, 2, 3, 5], [1.5, 2, 3, 5], [500, 1e6, 1e6, 1000], [1, 1e-3, 1e-3, 2]]),
        Of<DeltaDensity>([Count, Count], "00", [[1, 1], [1, 2], [1e30, 1e30]]),
    ];

    public override string ToString() => Name;

    private static Kernel Of<TDensity>(Func<long[], Generator, Tensor>[] draws, string continuous, double[][] extremes)
        where TDensity : struct, IDensity => new(
        typeof(TDensity).Name, (reduction, arguments) => Fused<TDensity>.Reduce(in reduction, arguments), arguments => TDensity.Operations(arguments),
        (shapes, type, generator) => [.. draws.Zip(shapes, (draw, shape) => draw(shape, generator).to_type(type))], [.. continuous.Select(c => c == '1')], extremes);

    private static Tensor Real(long[] shape, Generator generator) => randn(shape, ScalarType.Float64, generator: generator) * 2;

    private static Tensor Positive(long[] shape, Generator generator) => randn(shape, ScalarType.Float64, generator: generator).exp() * 2 + 0.05;

    private static Tensor Negative(long[] shape, Generator generator) => -rand(shape, ScalarType.Float64, generator: generator);

    private static Tensor Unit(long[] shape, Generator generator) => rand(shape, ScalarType.Float64, generator: generator) * 0.9 + 0.05;

    private static Tensor AboveOne(long[] shape, Generator generator) => rand(shape, ScalarType.Float64, generator: generator) + 1;

    private static Tensor Count(long[] shape, Generator generator) => (rand(shape, ScalarType.Float64, generator: generator) * 6).floor();

    private static Tensor AboveCount(long[] shape, Generator generator) => (rand(shape, ScalarType.Float64, generator: generator) * 20).floor() + 6;

    private static Tensor Bit(long[] shape, Generator generator) => (rand(shape, ScalarType.Float64, generator: generator) > 0.5).to_type(ScalarType.Float64);
}
