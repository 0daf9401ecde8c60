using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Learned maps: there and back, volumes against Jacobians, gradients of their parameters, and the reference's networks.</summary>
public class FlowTests
{
    private const ScalarType Type = ScalarType.Float64;

    private static readonly Dictionary<string, Func<Flow>> s_flows = new()
    {
        ["InverseAutoregressiveFlow"] = () => new InverseAutoregressiveFlow(4, 13, dtype: Type),
        ["InverseAutoregressiveFlow, permuted"] = () => new InverseAutoregressiveFlow(4, 13, 0.5, [2, 0, 3, 1], Type),
        ["MaskedAutoregressiveFlow"] = () => new MaskedAutoregressiveFlow(4, 13, dtype: Type),
        ["AffineCoupling"] = () => new AffineCoupling(4, 8, dtype: Type),
        ["AffineCoupling, one kept"] = () => new AffineCoupling(4, 8, 1, Type),
        ["SplineCoupling"] = () => new SplineCoupling(4, 8, dtype: Type),
        ["SplineCoupling, narrow"] = () => new SplineCoupling(4, 8, 1, 3, 0.7, Type),
        ["Planar"] = () => new Planar(4, Type),
        ["BatchNorm"] = () => Evaluated(new BatchNorm(4, dtype: Type)),
    };

    public static IEnumerable<string> Names => s_flows.Keys;

    [TestCaseSource(nameof(Names))]
    public void ThereAndBackWithItsVolume(string name)
    {
        var flow = Make(name);
        using var generator = new Generator(5);
        var x = randn([3, 5, 4], Type, generator: generator);
        var y = flow.Forward(x);
        Assert.That(y.shape, Is.EqualTo(x.shape));
        Assert.That(y.Numbers(), Is.Not.EqualTo(x.Numbers()));
        Numeric.Close(x.Numbers(), flow.Inverse(y).Numbers(), 1e-8);
        var volume = flow.LogDetJacobian(x, y);
        Assert.That(volume.shape, Is.EqualTo([3, 5]));
        for (var i = 0; i < 3; i++)
            Numeric.Close(linalg.slogdet(Jacobian(flow, x[i, i])).Item2.Number(), volume[i, i].Number(), 1e-8);
    }

    [TestCaseSource(nameof(Names))]
    public void ItsParametersHaveGradients(string name)
    {
        var flow = Make(name);
        var made = new TransformedDistribution(new Normal(zeros(4, Type), 1).Expand(7, 4).ToEvent(1), flow);
        using var generator = new Generator(6);
        var y = randn([7, 4], Type, generator: generator);
        made.LogPdf(y).backward();
        var parameters = flow.Network.parameters().ToArray();
        Assert.That(parameters, Is.Not.Empty);
        Assert.That(parameters.Select(p => p.grad?.abs().sum().Number()), Has.Some.GreaterThan(0));

        // The gradient of the log density by a parameter against a difference, through the inverse.
        var parameter = parameters.OrderBy(p => p.grad?.abs().max().Number() ?? 0).Last();
        var index = parameter.grad!.abs().reshape(-1).argmax().item<long>();
        var expected = parameter.grad!.reshape(-1)[index].Number();
        using var noGrad = no_grad();
        double At(double step)
        {
            parameter.reshape(-1)[index].add_(step);
            var density = made.LogPdf(y).Number();
            parameter.reshape(-1)[index].sub_(step);
            return density;
        }
        Numeric.Close((At(1e-6) - At(-1e-6)) / 2e-6, expected, 1e-4);
    }

    [TestCaseSource(nameof(Names))]
    public void SamplesHaveTheirScore(string name)
    {
        var flow = Make(name);
        var made = new TransformedDistribution(new Normal(zeros(4, Type), 1).Expand(6, 4), flow);
        using var generator = new Generator(7);
        var y = made.Sample(generator);
        Assert.That(made.LogProb(y).shape, Is.EqualTo([6]));
        Numeric.Close(made.LogProb(y).Numbers(), made.LogProb(y.clone()).Numbers(), 1e-8);
        Numeric.Close(made.LogProb(y).Numbers(), made.LogProb(y).Numbers());
    }

    [TestCaseSource(nameof(Names))]
    public void ASampleFromBeforeAStepIsScoredByWhatIsLearnedSince(string name)
    {
        // What a sample came from is remembered; after a step it comes from elsewhere.
        var flow = Make(name);
        var made = new TransformedDistribution(new Normal(zeros(4, Type), 1).Expand(6, 4), flow);
        using var generator = new Generator(7);
        using var noGrad = no_grad();
        var y = made.Sample(generator);
        var before = made.LogProb(y).Numbers();
        foreach (var parameter in flow.Network.parameters())
            parameter.mul_(1.3);
        var after = made.LogProb(y).Numbers();
        Numeric.Close(made.LogProb(y.clone()).Numbers(), after, 1e-8);
        Assert.That(after, Is.Not.EqualTo(before));
    }

    [Test]
    public void ASampleFromBeforeAShiftIsScoredByTheShift()
    {
        var shift = Numeric.Double(0, 1);
        var made = new TransformedDistribution(new Normal(zeros(2, Type), 1), new Affine(shift, 2), new Permute(1, 0));
        var y = made.Sample();
        shift.add_(3);
        Numeric.Close(made.LogProb(y.clone()).Numbers(), made.LogProb(y).Numbers());
    }

    [Test]
    public void TheNetworkOfTheReference()
    {
        // D = 3, in order, units that see 1, 2, 1, 2 variables.
        var network = new AutoRegressiveNN(3, 4, 2, [1, 2, 1, 2]);
        Assert.That(network.HiddenMask.Numbers(), Is.EqualTo([1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0]));
        Assert.That(network.OutputMask.Numbers(), Is.EqualTo([0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1]));
        Assert.That(network.forward(randn(5, 2, 3)).shape, Is.EqualTo([5, 2, 6]));
        Assert.That(network.named_parameters().Select(p => p.name).Order(), Is.EqualTo(["hidden.linear.bias", "hidden.linear.weight", "output.linear.bias", "output.linear.weight"]));
        Assert.Throws<ArgumentException>(() => new AutoRegressiveNN(3, 2, 1, [1, 3]));
        Assert.Throws<ArgumentException>(() => new AutoRegressiveNN(3, 2, permutation: [0, 0, 1]));
        Assert.Throws<ArgumentException>(() => new InverseAutoregressiveFlow(new AutoRegressiveNN(3, 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AffineCoupling(1, 2));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(5)]
    [TestCase(7)]
    [TestCase(9)]
    [TestCase(11)]
    public void JacobiansAreTriangularInTheVariablesOrder(int size)
    {
        var order = Enumerable.Range(0, size).Select(i => (long)i).ToArray();
        new Random(123).Shuffle(order);
        var flow = new InverseAutoregressiveFlow(size, 3 * size + 1, 0.5, order, Type);
        using var generator = new Generator(123);
        var jacobian = Jacobian(flow, randn([size], Type, generator: generator)).index_select(0, tensor(order)).index_select(1, tensor(order));
        Assert.That(jacobian.triu(1).abs().sum().Number(), Is.EqualTo(0));
        Assert.That(jacobian.diagonal().Numbers().Select(d => d > 0), Has.All.True);
    }

    [Test]
    public void BatchesAreNormalisedInTraining()
    {
        var flow = new BatchNorm(2, dtype: Type);
        using var generator = new Generator(8);
        var y = randn([500, 2], Type, generator: generator) * 3 + 7;
        var made = new TransformedDistribution(new Normal(zeros(2, Type), 1).Expand(500, 2), flow);
        var x = flow.Inverse(y);
        Numeric.Close([0, 0], x.mean([0L]).Numbers(), 1e-9);
        Numeric.Close([1, 1], x.var(0L, unbiased: false).Numbers(), 1e-4);
        Numeric.Close([.. (y.mean([0L]) * 0.1).Numbers()], flow.Network.Mean.Numbers(), 1e-9);
        for (var i = 0; i < 200; i++)
            made.LogProb(y);
        flow.Network.eval();
        Numeric.Close([0, 0], flow.Inverse(y).mean([0L]).Numbers(), 1e-3);
        var fresh = flow.Inverse(y[0]);
        Numeric.Close(y[0].Numbers(), flow.Forward(fresh).Numbers(), 1e-9);
    }

    [Test]
    public void AFlowLearnsADensity()
    {
        // Two variables, the second about the square of the first: a normal cannot, a coupling can.
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var generator = new Generator(9);
        var first = randn([2000, 1], Type, generator: generator);
        var data = cat([first, first.square() + 0.3 * randn([2000, 1], Type, generator: generator)], -1);
        var flow = new AffineCoupling(2, 24, dtype: Type);
        var made = new TransformedDistribution(new Normal(zeros(2, Type), 1).Expand(2000, 2), flow);
        var before = made.LogPdf(data).Number() / 2000;
        using var adam = optim.Adam(flow.Network.parameters(), 0.02);
        for (var step = 0; step < 300; step++)
        {
            using var inner = NewDisposeScope();
            adam.zero_grad();
            (-made.LogPdf(data) / 2000).backward();
            adam.step();
        }

        // The truth: two normals, of deviations 1 and 0.3.
        var truth = -2 * 0.9189385 - Math.Log(0.3) - 1;
        var after = made.LogPdf(data).Number() / 2000;
        Assert.That(before < truth - 1 && Math.Abs(after - truth) < 0.25, $"before {before}, after {after}, truth {truth}");
    }

    private static BatchNorm Evaluated(BatchNorm flow)
    {
        flow.Network.eval();
        return flow;
    }

    /// <summary>A flow away from its first values, which may be the identity, and which differ from run to run.</summary>
    private static Flow Make(string name)
    {
        var flow = s_flows[name]();
        using var generator = new Generator(11);
        using var noGrad = no_grad();
        foreach (var parameter in flow.Network.parameters())
            parameter.copy_(0.4 * randn(parameter.shape, Type, generator: generator));
        return flow;
    }

    private static Tensor Jacobian(Flow flow, Tensor x)
    {
        var leaf = x.detach().clone().requires_grad_();
        var y = flow.Forward(leaf);
        var rows = new List<Tensor>();
        for (var i = 0L; i < y.shape[0]; i++)
        {
            leaf.grad = null;
            y[i].backward(retain_graph: true);
            rows.Add(leaf.grad!.detach().clone());
        }
        return stack(rows);
    }
}
