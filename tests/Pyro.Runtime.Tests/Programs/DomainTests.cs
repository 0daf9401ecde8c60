using Pyro.Distributions;
using Pyro.Poutines;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

/// <summary>Checks of parameters and observations: at every size, and never of what a mask leaves out.</summary>
public class DomainTests
{
    private const long Many = 900_000;

    private static Tensor With(Tensor values, double odd)
    {
        // Of many in the middle, where blocks of them are looked at together; of few the last.
        var flat = values.reshape(-1);
        flat[flat.numel() < 256 ? -1 : flat.numel() / 2 - 1].fill_(odd);
        return values;
    }

    [TestCase(3L)]
    [TestCase(Many)]
    public void Observation_OutsideTheSupport_IsRefused(long count)
    {
        Assert.That(Runs.Fails(() => Observe("x", new Normal(0, 1), With(zeros(count), double.NaN))).Message, Does.Contain("NaN"));
        Assert.That(Runs.Fails(() => Observe("x", new Poisson(1), With(ones(count), 0.5))).Message, Does.Contain("0.5"));
        Assert.That(Runs.Fails(() => Observe("x", new Categorical(ones(2) / 2), With(ones(count, ScalarType.Int64), 2))).Message, Does.Contain("2"));
        Assert.That(Runs.Fails(() => Observe("x", new Uniform(0, 1), With(ones(count), 1.5))).Message, Does.Contain("1.5"));
        Assert.That(Runs.Fails(() => Observe("x", new Normal(0, 1), With(zeros(2, count), double.NegativeInfinity).T)).Message, Does.Contain("−Infinity").Or.Contain("∞"));
    }

    [TestCase(3L)]
    [TestCase(Many)]
    public void Parameter_OutsideItsDomain_IsRefused(long count)
    {
        Assert.That(Runs.Fails(() => Observe("x", new Normal(0, With(ones(count), -1)), zeros(count))).Message, Does.Contain("sigma = -1"));
        Assert.That(Runs.Fails(() => Observe("x", new Categorical(With(full(count, 2, 0.5), 0.75)), zeros(count, ScalarType.Int64))).Message, Does.Contain("ps = [0.5, 0.75]"));
        Assert.That(Runs.Fails(() => Sample("x", new Gamma(With(ones(count), double.NaN), 1))).Message, Does.Contain("alpha = NaN"));
    }

    [Test]
    public void Parameter_RepeatedAlongDimensions_IsCheckedAsWell()
    {
        var row = tensor(new[] { 1f, -1 });
        Assert.That(Runs.Fails(() => Observe("x", new Normal(0, row.expand(Many, 2)), zeros(Many, 2))).Message, Does.Contain("sigma = -1"));
        Assert.That(Runs.Fails(() => Observe("x", new Categorical(tensor(new[] { 0.5f, 0.75f }).expand(Many, 2)), zeros(Many, ScalarType.Int64))).Message, Does.Contain("[0.5, 0.75]"));
        // One number along the event is as many numbers.
        Assert.That(Runs.TraceOf(() => Observe("x", new Categorical(full(1, 0.25f).expand(4)), tensor(3L))).LogPdf().Number(), Is.EqualTo(Math.Log(0.25)).Within(1e-6));
    }

    [TestCase(3L)]
    [TestCase(Many)]
    public void MissingValue_UnderAMask_IsNoError(long count)
    {
        var x = With(zeros(count), double.NaN);
        var there = With(ones(count), 0).to_type(ScalarType.Bool);
        var expected = -0.5 * Math.Log(2 * Math.PI) * (count - 1);
        void Masked() => Observe("x", new Normal(0, 1).Expand(count).Mask(there), x);
        void Weighed() => Observe("x", new Normal(0, 1).Expand(count).Mask(there.to_type(ScalarType.Float32)), x);
        void Event() => Observe("x", new Normal(0, 1).Expand(count).Mask(there).ToEvent(1), x);
        void Scope()
        {
            using (IArange("n", count))
            using (Mask(there))
                Observe("x", new Normal(0, 1), x);
        }
        void Plain() => Observe("x", new Normal(0, 1), x);
        foreach (var body in new Action[] { Masked, Weighed, Event, Scope })
            Numeric.Close(expected, Runs.TraceOf(body).LogPdf().Number(), 1e-5);
        Numeric.Close(expected, Runs.Program(Plain).Mask(there).Trace(default, Runs.Context()).LogPdf().Number(), 1e-5);
        Assert.That(Runs.Fails(Plain).Message, Does.Contain("NaN"));
    }

    [Test]
    public void MissingValue_BesideAMask_IsNamed()
    {
        var x = tensor(new[] { double.NaN, 1, double.NegativeInfinity });
        var there = tensor(new[] { false, true, true });
        Assert.That(Runs.Fails(() => Observe("x", new Normal(0, 1).Expand(3).Mask(there), x)).Message, Does.Contain("∞").Or.Contain("Infinity"));
    }

    [Test]
    public void Parameters_OfMaskedElements_MayBeAnything()
    {
        var there = tensor(new[] { true, false });
        var mu = tensor(new[] { 0, double.NaN });
        var rows = tensor(new[,] { { 0.5, 0.5 }, { 7, 7 } });
        var normal = Runs.TraceOf(() => Observe("x", new Normal(mu, 1).Mask(there), zeros(2, ScalarType.Float64)));
        Numeric.Close(-0.5 * Math.Log(2 * Math.PI), normal.LogPdf().Number(), 1e-12);
        Numeric.Close(Math.Log(0.5), Runs.TraceOf(() => Observe("x", new Categorical(rows).Mask(there), zeros(2, ScalarType.Int64))).LogPdf().Number(), 1e-12);
        Numeric.Close(0, Runs.TraceOf(() => Observe("x", new Dirichlet(tensor(new[,] { { 1.0, 1 }, { -1, 1 } })).Mask(there), full(2, 2, 0.5))).LogPdf().Number(), 1e-6);
        // What is drawn needs them.
        Assert.That(Runs.Fails(() => Sample("x", new Normal(mu, 1).Mask(there))).Message, Does.Contain("mu = NaN"));
        Assert.That(Runs.Fails(() => Observe("x", new Normal(mu, 1).Mask(there.logical_not()), zeros(2, ScalarType.Float64))).Message, Does.Contain("mu = NaN"));
    }
}
