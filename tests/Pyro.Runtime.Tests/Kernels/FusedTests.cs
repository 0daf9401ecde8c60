using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>The fused densities against the same by operations: values, sums, the sums of plate elements and all derivatives.</summary>
public sealed class FusedTests
{
    /// <summary>The shapes of the value and of three parameters, and how many dimensions are kept.</summary>
    private static readonly (long[][] Shapes, int Kept)[] _cases =
    [
        ([[], [], [], []], 0),
        ([[1], [], [1], []], 0),
        ([[7], [7], [7], [7]], 0),
        ([[7], [], [], []], 0),
        ([[8], [8], [], [8]], 0),
        ([[1003], [1003], [1003], [1003]], 0),
        ([[1003], [], [1003], []], 0),
        ([[], [1003], [], []], 0),
        ([[1003], [], [], [1003]], Reduction.All),
        ([[40, 25], [25], [40, 1], []], 0),
        ([[40, 25], [25], [40, 1], []], 1),
        ([[40, 25], [25], [40, 1], []], Reduction.All),
        ([[40, 3], [3], [3], []], 0),
        ([[40, 3], [3], [40, 1], []], 1),
        ([[40, 3], [40, 1], [], [3]], Reduction.All),
        ([[40, 1], [3], [40, 3], []], 1),
        ([[5, 4, 20], [4, 1], [5, 1, 20], [20]], 0),
        ([[5, 4, 20], [4, 1], [5, 1, 20], [20]], 1),
        ([[5, 4, 20], [4, 1], [5, 1, 20], [20]], 2),
        ([[20], [5, 4, 1], [4, 20], [1, 1, 1]], 2),
        ([[2, 1, 3], [4, 1], [], [2, 1, 1]], 1),
    ];

    public static IEnumerable<TestCaseData<string, int, bool, bool>> Cases =>
        from kernel in Kernel.All
        from place in Enumerable.Range(0, _cases.Length)
        from masked in (bool[])[false, true]
        select new TestCaseData<string, int, bool, bool>(kernel.Name, place, masked, (place + (masked ? 1 : 0)) % 3 != 0);

    [TestCaseSource(nameof(Cases))]
    public void Values_and_derivatives_are_those_of_operations(string name, int place, bool masked, bool wide)
    {
        using var scope = NewDisposeScope();
        var kernel = Kernel.All.Single(one => one.Name == name);
        var (shapes, kept) = _cases[place];
        var type = wide ? ScalarType.Float64 : ScalarType.Float32;
        var generator = new Generator(1000 + (ulong)place);
        var arguments = Trained(kernel, kernel.Draw(shapes, type, generator));
        var exact = Trained(kernel, Array.ConvertAll(arguments, argument => argument.detach().to_type(ScalarType.Float64)));
        var density = kernel.Operations(exact);
        var mask = masked ? rand(density.shape, generator: generator) > 0.4 : null;
        var reduction = new Reduction(kept, mask);

        var actual = kernel.Reduce(reduction, arguments);
        var expected = reduction.Of(density);

        Close(expected, actual, wide);
        if (!actual.requires_grad)
            return;
        var weights = randn(actual.shape, ScalarType.Float64, generator: generator);
        var differentiable = Array.FindAll(arguments, argument => argument.requires_grad);
        var derivatives = autograd.grad([actual], differentiable, [weights.to_type(type)], retain_graph: true);
        var expectations = autograd.grad([expected], Array.FindAll(exact, argument => argument.requires_grad), [weights]);
        for (var i = 0; i < derivatives.Count; i++)
        {
            Assert.That(derivatives[i].shape, Is.EqualTo(differentiable[i].shape));
            Close(expectations[i], derivatives[i], wide);
        }
        // The graph stays where it is asked to.
        var again = autograd.grad([actual], differentiable, [weights.to_type(type)]);
        for (var i = 0; i < derivatives.Count; i++)
            Close(derivatives[i].to_type(ScalarType.Float64), again[i], wide);
    }

    public static IEnumerable<string> Names => Kernel.All.Select(kernel => kernel.Name);

    [TestCaseSource(nameof(Names))]
    public void The_edges_are_those_of_operations_and_have_no_derivative_that_is_not_a_number(string name)
    {
        using var scope = NewDisposeScope();
        var kernel = Kernel.All.Single(one => one.Name == name);
        foreach (var type in (ScalarType[])[ScalarType.Float64, ScalarType.Float32])
        {
            foreach (var row in kernel.Extremes)
            {
                var arguments = Trained(kernel, [.. row.Select(number => tensor(number, type))]);
                var actual = kernel.Reduce(new Reduction(0), arguments);
                var expected = kernel.Operations(Array.ConvertAll(arguments, argument => argument.detach())).to_type(ScalarType.Float64).item<double>();
                var value = actual.to_type(ScalarType.Float64).item<double>();
                // Terms as large as the arguments' ln Γ cancel to the last digit of their kind.
                var term = row.Select(number => Math.Abs(number) * Math.Log(2 + Math.Abs(number))).Where(double.IsFinite).Prepend(1).Max();
                var tolerance = (type == ScalarType.Float64 ? 1e-14 : 1e-6) * Math.Max(Math.Max(10, Math.Abs(expected)), Math.Min(term, 1e8));
                Assert.That(expected.Equals(value) || Math.Abs(expected - value) <= tolerance, $"{name}({string.Join(", ", row)}) in {type} is {value}, and {expected} by operations");
                if (!actual.requires_grad || row.Any(double.IsNaN))
                    continue;
                foreach (var derivative in autograd.grad([actual], Array.FindAll(arguments, argument => argument.requires_grad)))
                    Assert.That(derivative.isnan().item<bool>(), Is.False, $"{name}({string.Join(", ", row)}) in {type} has a derivative that is not a number");
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void What_is_expanded_or_not_in_order_gives_the_same(string name)
    {
        using var scope = NewDisposeScope();
        var kernel = Kernel.All.Single(one => one.Name == name);
        var generator = new Generator(5);
        var bases = Trained(kernel, kernel.Draw([[30, 20], [20], [], [30, 1]], ScalarType.Float64, generator));
        Tensor[] expanded = Array.ConvertAll(bases, argument => argument.expand(30, 20));
        Tensor[] turned = Array.ConvertAll(bases, argument => argument.expand(30, 20).t());
        var differentiable = Array.FindAll(bases, argument => argument.requires_grad);
        var expected = kernel.Operations(bases).sum();
        foreach (var arguments in (Tensor[][])[expanded, turned])
        {
            var actual = kernel.Reduce(new Reduction(0), arguments);
            Close(expected, actual, wide: true);
            if (differentiable.Length == 0)
                continue;
            var derivatives = autograd.grad([actual], differentiable);
            var expectations = autograd.grad([expected], differentiable, retain_graph: true);
            for (var i = 0; i < derivatives.Count; i++)
                Close(expectations[i], derivatives[i], wide: true);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void A_derivative_has_a_derivative(string name)
    {
        using var scope = NewDisposeScope();
        var kernel = Kernel.All.Single(one => one.Name == name);
        var arguments = Trained(kernel, kernel.Draw([[6], [6], [], [6]], ScalarType.Float64, new Generator(9)));
        var differentiable = Array.FindAll(arguments, argument => argument.requires_grad);
        if (differentiable.Length == 0)
            return;
        var mask = tensor([true, false, true, true, true, false]);
        IList<Tensor> Second(Tensor sum)
        {
            var first = autograd.grad([sum], differentiable, retain_graph: true, create_graph: true, allow_unused: true);
            return autograd.grad([first.Select(one => one.square().sum()).Aggregate((a, b) => a + b)], differentiable, allow_unused: true);
        }

        var reduction = new Reduction(0, mask);
        var (actual, expected) = (Second(kernel.Reduce(reduction, arguments)), Second(reduction.Of(kernel.Operations(arguments))));
        for (var i = 0; i < differentiable.Length; i++)
            if (expected[i] is { } derivative)
                Close(derivative, actual[i], wide: true);
    }

    [Test]
    public void Only_wanted_derivatives_are_given_and_no_graph_without_need()
    {
        using var scope = NewDisposeScope();
        var (x, mu, sigma) = (randn(10), zeros(10).requires_grad_(), ones(10));
        Distributions.Normal.LogPdf(x, mu, sigma).backward();
        Close(x, mu.grad!, wide: false);
        Assert.That(x.grad, Is.Null);
        Assert.That(Distributions.Normal.LogPdf(x, mu.detach(), sigma).requires_grad, Is.False);
        using (no_grad())
            Assert.That(Distributions.Normal.LogPdf(x, mu, sigma).requires_grad, Is.False);
    }

    [Test]
    public void Mixed_dtypes_empty_arguments_and_integers_go_to_operations_or_are_converted()
    {
        using var scope = NewDisposeScope();
        Assert.That(Distributions.Normal.LogPdf(zeros(0), tensor(0f), tensor(1f)).item<float>(), Is.EqualTo(0));
        Assert.That(Distributions.Normal.LogPdf(zeros(3), zeros([3], ScalarType.Float64), tensor(1f)).dtype, Is.EqualTo(ScalarType.Float64));
        var counts = tensor([0L, 1, 2]);
        Close(Distributions.Poisson.LogPdf(counts.to_type(ScalarType.Float32), tensor(2f)), Distributions.Poisson.LogPdf(counts, tensor(2f)), wide: false);
    }

    private static Tensor[] Trained(Kernel kernel, Tensor[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
            if (kernel.Continuous[i])
                arguments[i] = arguments[i].detach().requires_grad_();
        return arguments;
    }

    private static void Close(Tensor expected, Tensor actual, bool wide)
    {
        Assert.That(actual.shape, Is.EqualTo(expected.shape));
        var (exact, given) = (expected.detach().to_type(ScalarType.Float64), actual.detach().to_type(ScalarType.Float64));
        // Sums are as exact as their largest terms.
        var scale = exact.abs().clamp_min(1);
        var apart = where(exact.eq(given), 0, (exact - given).abs() / (wide ? scale : scale.max()));
        Assert.That(apart.max().item<double>() <= (wide ? 1e-9 : 1e-4), $"{apart.max().item<double>()} apart: {given} for {exact}");
    }
}
