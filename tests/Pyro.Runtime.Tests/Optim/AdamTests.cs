using Pyro.Optim;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Optim;

public class AdamTests
{
    [TestCase(1, ScalarType.Float64, 0)]
    [TestCase(37, ScalarType.Float64, 0.01)]
    [TestCase(37, ScalarType.Float32, 0)]
    [TestCase(1, ScalarType.Float32, 0.01)]
    public void FollowsTheFormula(int size, ScalarType dtype, double weightDecay)
    {
        var store = new ParamStore();
        var start = rand(size, dtype);
        store.GetParam("x", start);
        var expected = start.Numbers();
        var (m, v) = (new double[size], new double[size]);
        var adam = new Adam(lr: 0.1, betas: (0.8, 0.95), weightDecay: weightDecay);
        var set = new ParamSet();
        for (var t = 1; t <= 20; t++)
        {
            set.Clear();
            set.Add(store["x"]);
            var x = store["x"].Unconstrained;
            (x * x * x).sum().backward();
            adam.Step(set);
            for (var i = 0; i < size; i++)
            {
                var g = 3 * expected[i] * expected[i] + weightDecay * expected[i];
                m[i] = 0.8 * m[i] + 0.2 * g;
                v[i] = 0.95 * v[i] + 0.05 * g * g;
                expected[i] -= 0.1 * m[i] / (1 - Math.Pow(0.8, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.95, t))) + 1e-8);
            }
        }
        Numeric.Close(expected, store["x"].Unconstrained.Numbers(), dtype == ScalarType.Float64 ? 1e-12 : 2e-5);
        Assert.That(adam.StepsOf("x"), Is.EqualTo(20));
    }

    [Test]
    public void ABadGradientChangesNothing()
    {
        var store = new ParamStore();
        store.GetParam("good", 1.0);
        store.GetParam("bad", 1.0);
        var set = new ParamSet();
        set.Add(store["good"]);
        set.Add(store["bad"]);
        (store["good"].Unconstrained + store["bad"].Unconstrained * double.PositiveInfinity).backward();
        var adam = new Adam(0.1);
        var error = Assert.Throws<ModelException>(() => adam.Step(set));
        Assert.That(error.Site, Is.EqualTo("bad"));
        Assert.That(store["good"].Unconstrained.Number(), Is.EqualTo(1));
        Assert.That(adam.StepsOf("good"), Is.EqualTo(0));
    }

    [Test]
    public void AGradientStartsFromZeroInEachStep()
    {
        var store = new ParamStore();
        store.GetParam("x", 1.0);
        (store["x"].Unconstrained * 100).backward();
        var set = new ParamSet();
        set.Add(store["x"]);
        set.Add(store["x"]);
        Assert.That(store["x"].Unconstrained.grad!.Number(), Is.EqualTo(0));
        Assert.That(set, Has.Exactly(1).Items);
    }

    [Test]
    public void AParameterWithoutGradientStays()
    {
        var store = new ParamStore();
        store.GetParam("x", 1.0);
        var set = new ParamSet();
        set.Add(store["x"]);
        new Adam(0.1).Step(set);
        Assert.That(store["x"].Unconstrained.Number(), Is.EqualTo(1));
    }

    [Test]
    public void AParameterOfAnotherShapeStartsAnew()
    {
        var store = new ParamStore();
        var adam = new Adam(0.1);
        var set = new ParamSet();
        foreach (var size in new[] { 2, 3 })
        {
            store.Clear();
            set.Clear();
            store.GetParam("x", ones(size));
            set.Add(store["x"]);
            store["x"].Unconstrained.sum().backward();
            adam.Step(set);
            Assert.That(adam.StepsOf("x"), Is.EqualTo(1));
        }
    }

    [Test]
    public void ArgumentsAreChecked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(betas: (1, 0.9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(eps: -1));
    }
}
