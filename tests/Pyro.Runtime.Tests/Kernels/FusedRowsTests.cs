using Pyro.Kernels.Rows;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>The fused densities of rows against the same by operations: values, sums, the sums of plate elements and all derivatives.</summary>
public sealed class FusedRowsTests
{
    private sealed record Density(
        Func<Reduction, Tensor[], Tensor> Reduce, Func<Tensor[], Tensor> Operations, Func<long[], long[], ScalarType, Generator, Tensor[]> Draw, double[][][] Extremes);

    /// <summary>The batches of the value and of the parameter, the length of a row, and how many dimensions are kept.</summary>
    private static readonly (long[] X, long[] Parameter, long Columns, int Kept)[] _cases =
    [
        ([], [], 3, 0), ([], [], 1, Reduction.All), ([7], [7], 10, 0), ([7], [], 10, 0), ([1003], [1003], 5, 0), ([1003], [], 5, Reduction.All), ([], [9], 4, 0),
        ([20, 3], [3], 6, 0), ([20, 3], [3], 6, 1), ([20, 3], [20, 1], 6, 1), ([6, 1], [5], 3, Reduction.All), ([4, 1, 9], [3, 1], 2, 2), ([5], [5], 100, 0), ([2], [2], 100, 0),
    ];

    private static readonly Dictionary<string, Density> _densities = new()
    {
        ["categorical"] = Of<CategoricalDensity<ByIndex>>(Indices, Shares, [[[2], [0, 0, 1]], [[0], [0, 0, 1]], [[3], [0.2, 0.3, 0.5]], [[-1], [0.2, 0.3, 0.5]], [[0.5], [0.2, 0.3, 0.5]]]),
        ["categorical, logits"] = Of<CategoricalLogitsDensity<ByIndex>>(Indices, Real, [[[0], [1e4, -1e4, 0]], [[1], [1e4, -1e4, 0]], [[0], [double.NegativeInfinity, 0, 1]], [[3], [0, 0, 0]]]),
        ["one-hot"] = Of<CategoricalDensity<ByRow>>(Chosen, Shares, [[[0, 0, 1], [0, 0, 1]], [[1, 0, 0], [0, 0, 1]], [[1, 1, 0], [0.2, 0.3, 0.5]], [[0, 0, 0], [0.2, 0.3, 0.5]], [[0.5, 0.5, 0], [0.2, 0.3, 0.5]]]),
        ["one-hot, logits"] = Of<CategoricalLogitsDensity<ByRow>>(Chosen, Real, [[[1, 0, 0], [1e4, -1e4, 0]], [[0, 1, 0], [1e4, -1e4, 0]], [[2, -1, 0], [0, 0, 0]]]),
        ["multinomial"] = Of<MultinomialDensity>(Counted, Shares, [[[0, 0, 5], [0, 0, 1], [5]], [[5, 0, 0], [0, 0, 1], [5]], [[1, 1, 1], [0.2, 0.3, 0.5], [5]], [[0, 0, 0], [0, 0.5, 0.5], [0]]]),
        ["multinomial, logits"] = Of<MultinomialLogitsDensity>(Counted, Real, [[[0, 0, 5], [0, 0, 1e4], [5]], [[5, 0, 0], [-1e4, 0, 1e4], [5]], [[1.5, 1.5, 2], [0, 0, 0], [5]]]),
        ["dirichlet"] = Of<DirichletDensity>(Shares, Positive, [[[0, 0.5, 0.5], [1, 1, 1]], [[0.2, 0.3, 0.5], [1e-3, 1e-3, 1e-3]], [[0.2, 0.3, 0.6], [1, 2, 3]], [[-0.1, 0.6, 0.5], [1, 2, 3]], [[0.2, 0.3, 0.5], [1e5, 1e5, 1e5]]]),
    };

    public static IEnumerable<TestCaseData<string, int, bool, bool>> Cases =>
        from name in _densities.Keys
        from place in Enumerable.Range(0, _cases.Length)
        from masked in (bool[])[false, true]
        select new TestCaseData<string, int, bool, bool>(name, place, masked, (place + (masked ? 1 : 0)) % 3 != 0);

    [TestCaseSource(nameof(Cases))]
    public void Values_and_derivatives_are_those_of_operations(string name, int place, bool masked, bool wide)
    {
        using var scope = NewDisposeScope();
        var density = _densities[name];
        var (batch, own, columns, kept) = _cases[place];
        var type = wide ? ScalarType.Float64 : ScalarType.Float32;
        var generator = new Generator(2000 + (ulong)place);
        var drawn = density.Draw([.. batch, columns], [.. own, columns], type, generator);
        var arguments = Trained(name, drawn);
        var exact = Trained(name, Array.ConvertAll(drawn, argument => argument.detach().to_type(ScalarType.Float64)));
        var each = density.Operations(exact);
        var reduction = new Reduction(kept, masked ? rand(each.shape, generator: generator) > 0.4 : null, Scale: -1.5);

        var actual = density.Reduce(reduction, arguments);
        var expected = reduction.Of(each);

        Close(expected, actual, wide);
        var weights = randn(actual.shape, ScalarType.Float64, generator: generator);
        var differentiable = Array.FindAll(arguments, argument => argument.requires_grad);
        var expectations = autograd.grad([expected], Array.FindAll(exact, argument => argument.requires_grad), [weights]);
        for (var again = 0; again < 2; again++)
        {
            var derivatives = autograd.grad([actual], differentiable, [weights.to_type(type)], retain_graph: again == 0);
            for (var i = 0; i < derivatives.Count; i++)
                Close(expectations[i], derivatives[i], wide);
        }
    }

    [TestCase("categorical")]
    [TestCase("categorical, logits")]
    [TestCase("one-hot")]
    [TestCase("one-hot, logits")]
    [TestCase("multinomial")]
    [TestCase("multinomial, logits")]
    [TestCase("dirichlet")]
    public void The_edges_have_no_derivative_that_is_not_a_number_and_derivatives_have_derivatives(string name)
    {
        using var scope = NewDisposeScope();
        var density = _densities[name];
        foreach (var row in density.Extremes)
        {
            var arguments = Trained(name, [.. row.Select((numbers, i) => numbers.Length == 1 && i != 1 ? tensor(numbers[0], ScalarType.Float64) : tensor(numbers))]);
            var actual = density.Reduce(new Reduction(0), arguments);
            Close(density.Operations(Array.ConvertAll(arguments, argument => argument.detach())), actual, wide: true);
            foreach (var derivative in autograd.grad([actual], Array.FindAll(arguments, argument => argument.requires_grad)))
                Assert.That(derivative.isnan().any().item<bool>(), Is.False);
        }
        var drawn = Trained(name, density.Draw([6, 4], [6, 4], ScalarType.Float64, new Generator(3)));
        var trained = Array.FindAll(drawn, argument => argument.requires_grad);
        Tensor Second(Tensor sum) => autograd.grad([autograd.grad([sum], trained, retain_graph: true, create_graph: true)[^1].square().sum()], trained)[^1];
        Close(Second(density.Operations(drawn).sum()), Second(density.Reduce(new Reduction(0), drawn)), wide: true);
    }

    /// <summary>An index is a long integer, as libtorch has it, or any other number: outside the outcomes it is so in every dtype.</summary>
    [TestCase("categorical", 1)]
    [TestCase("categorical", 1003)]
    [TestCase("categorical, logits", 8)]
    [TestCase("categorical, logits", 1003)]
    public void Indices_are_read_in_every_dtype(string name, long rows)
    {
        using var scope = NewDisposeScope();
        var (density, generator) = (_densities[name], new Generator(17));
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.Float64])
            foreach (var batch in (long[][])[[rows], [1, 1], []])
            {
                var parameter = density.Draw([.. batch, 7], [.. batch, 7], type, generator)[1];
                var index = randint(-1, 8, [rows], ScalarType.Int64, generator: generator);
                Same(index, index.to_type(type));
                Same(index.to_type(ScalarType.Int32), index.to_type(type));
                foreach (var far in (long[])[1L << 32, (1L << 32) + 3, -(1L << 32), long.MaxValue, long.MinValue])
                    Same(where(index.eq(3), far, index), where(index.eq(3), -1, index).to_type(type));

                void Same(Tensor given, Tensor number)
                {
                    var reduction = new Reduction(Reduction.All);
                    var (actual, expected) = (Trained(name, [given, parameter]), Trained(name, [number, parameter]));
                    var (left, right) = (density.Reduce(reduction, actual), density.Reduce(reduction, expected));
                    Assert.That(left.dtype, Is.EqualTo(type));
                    Assert.That(left.allclose(right, rtol: 0, atol: 0), Is.True, $"{left} for {right}");
                    var inside = right.isfinite();
                    Assert.That(Slope(left, actual).allclose(Slope(right, expected), rtol: 0, atol: 0), Is.True);
                    Tensor Slope(Tensor values, Tensor[] arguments) => autograd.grad([where(inside, values, values.new_zeros([])).sum()], [arguments[1]])[0];
                }
            }
    }

    /// <summary>What is no outcome has no derivative, beside outcomes that have one.</summary>
    [TestCase("categorical")]
    [TestCase("categorical, logits")]
    [TestCase("one-hot")]
    [TestCase("one-hot, logits")]
    public void Outside_the_outcomes_derivatives_are_zero(string name)
    {
        using var scope = NewDisposeScope();
        var drawn = _densities[name].Draw([30, 5], [30, 5], ScalarType.Float32, new Generator(9));
        var odd = arange(30, ScalarType.Int64).remainder(3).eq(0);
        var given = drawn[0].dim() == 1 ? where(odd, 5, drawn[0]) : where(odd.unsqueeze(-1), 1, drawn[0]);
        var arguments = Trained(name, [given, drawn[1]]);
        var values = _densities[name].Reduce(new Reduction(Reduction.All), arguments);
        Assert.That(values.isneginf().allclose(odd), Is.True);
        var derivative = autograd.grad([values], [arguments[1]], [ones(30)])[0];
        Assert.That(derivative.ne(0).any(-1).allclose(odd.logical_not()), Is.True);
    }

    /// <summary>Numbers beside a row are read as what they are, too.</summary>
    [Test]
    public void A_number_of_draws_may_be_an_integer()
    {
        using var scope = NewDisposeScope();
        var drawn = _densities["multinomial"].Draw([12, 4], [12, 4], ScalarType.Float32, new Generator(5));
        var reduction = new Reduction(0);
        var density = FusedRows<MultinomialDensity>.Reduce(in reduction, drawn[0], drawn[1], drawn[2].to_type(ScalarType.Int64));
        Close(_densities["multinomial"].Operations(drawn).sum(), density, wide: false);
    }

    private static Density Of<TDensity>(
        Func<long[], Generator, Tensor> value, Func<long[], Generator, Tensor> parameter, double[][][] extremes)
        where TDensity : struct, IRowDensity => new(
        (reduction, arguments) => FusedRows<TDensity>.Reduce(in reduction, arguments), arguments => TDensity.Operations(arguments),
        (x, own, type, generator) =>
        {
            var drawn = value(x, generator).to_type(type);
            return typeof(TDensity).Name.StartsWith("Multinomial", StringComparison.Ordinal)
                ? [drawn, parameter(own, generator).to_type(type), drawn.sum(-1)]
                : [drawn, parameter(own, generator).to_type(type)];
        },
        extremes);

    private static Tensor[] Trained(string name, Tensor[] arguments)
    {
        arguments[1] = arguments[1].detach().requires_grad_();
        if (name == "dirichlet")
            arguments[0] = arguments[0].detach().requires_grad_();
        return arguments;
    }

    private static Tensor Indices(long[] shape, Generator generator) => (rand(shape[..^1], ScalarType.Float64, generator: generator) * shape[^1]).floor();

    private static Tensor Chosen(long[] shape, Generator generator) =>
        Indices(shape, generator).unsqueeze(-1).eq(arange(shape[^1], ScalarType.Float64)).to_type(ScalarType.Float64);

    private static Tensor Counted(long[] shape, Generator generator) => (rand(shape, ScalarType.Float64, generator: generator) * 4).floor();

    private static Tensor Real(long[] shape, Generator generator) => randn(shape, ScalarType.Float64, generator: generator) * 2;

    private static Tensor Positive(long[] shape, Generator generator) => Real(shape, generator).exp() + 0.05;

    private static Tensor Shares(long[] shape, Generator generator) => (Real(shape, generator) / 2).softmax(-1);

    private static void Close(Tensor expected, Tensor actual, bool wide)
    {
        Assert.That(actual.shape, Is.EqualTo(expected.shape));
        var (exact, given) = (expected.detach().to_type(ScalarType.Float64), actual.detach().to_type(ScalarType.Float64));
        var scale = exact.abs().clamp_min(1);
        var apart = where(exact.eq(given), 0, (exact - given).abs() / (wide ? scale : scale.max()));
        Assert.That(apart.max().item<double>() <= (wide ? 1e-9 : 1e-4), $"{apart.max().item<double>()} apart: {given} for {exact}");
    }
}
