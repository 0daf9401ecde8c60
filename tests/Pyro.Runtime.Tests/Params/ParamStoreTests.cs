using Pyro.Distributions;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Params;

public class ParamStoreTests
{
    public static IEnumerable<TestCaseData<string, Func<Constraint>, double[], double[]>> Constrained =>
    [
        new("Real", () => Constraints.Real, [-3, 0, 7], [double.NaN]),
        new("Positive", () => Constraints.Positive, [1e-3, 1, 50], [0]),
        new("UnitInterval", () => Constraints.UnitInterval, [0.01, 0.5, 0.9], [1.5]),
        new("Interval", () => Constraints.Interval(2, 5), [2.1, 3, 4.9], [5.5]),
        new("GreaterThan", () => Constraints.GreaterThan(-2), [-1.9, 0, 10], [-2]),
        new("LessThan", () => Constraints.LessThan(1), [-9, 0, 0.9], [1]),
        new("Simplex", () => Constraints.Simplex, [0.2, 0.5, 0.3], [0.5, 0.6]),
    ];

    [TestCaseSource(nameof(Constrained))]
    public void TheValueIsTheInitialOne(string name, Func<Constraint> constraint, double[] initial, double[] outside)
    {
        var store = new ParamStore();
        Numeric.Close(initial, store.GetParam(name, tensor(initial), constraint()).Numbers(), 1e-12);
        var error = Assert.Throws<ModelException>(() => store.GetParam("other", tensor(outside), constraint()));
        Assert.That(error.Site, Is.EqualTo("other"));
        Assert.That(error.Message, Does.Contain("'other'"));
        Assert.That(error.Message, Does.Contain(name));
        Assert.That(store.Contains("other"), Is.False);
    }

    [TestCaseSource(nameof(Constrained))]
    public void TheValueStaysInsideHoweverFarTheLeafGoes(string name, Func<Constraint> constraint, double[] initial, double[] outside)
    {
        Assert.That(outside, Is.Not.Empty);
        var store = new ParamStore();
        store.GetParam(name, tensor(initial), constraint());
        var leaf = store[name].Unconstrained;
        using var noGrad = no_grad();
        foreach (var far in new[] { -30.0, -5, 0, 5, 30 })
        {
            leaf.fill_(far);
            Assert.That(constraint().Find(store[name].Value()), Is.Null);
        }
    }

    [TestCaseSource(nameof(Constrained))]
    public void GradientsReachTheLeaf(string name, Func<Constraint> constraint, double[] initial, double[] outside)
    {
        Assert.That(outside, Is.Not.Empty);
        var store = new ParamStore();
        store.GetParam(name, tensor(initial), constraint());
        var map = constraint().TransformTo();
        var weights = tensor(initial.Select((_, i) => 1.0 + i).ToArray());
        (store[name].Value() * weights).sum().backward();
        var gradient = store[name].Unconstrained.grad!.Numbers();
        Numeric.GradientIsRight(x => (map.Forward(x[0]) * weights).sum(), 1e-6, store[name].Unconstrained);
        Assert.That(gradient, Has.Some.Matches<double>(g => g != 0));
    }

    [Test]
    public void NameOf_KnowsTheValuesThatItGave()
    {
        var (store, other) = (new ParamStore(), new ParamStore());
        var free = store.GetParam("free", tensor(1f));
        var first = store.GetParam("scale", tensor(2f), Constraints.Positive);
        var second = store.GetParam("scale", tensor(2f), Constraints.Positive);
        Assert.That(new[] { free, first, second, store["scale"].Unconstrained }.Select(store.NameOf), Is.EqualTo(["free", "scale", "scale", "scale"]));
        Assert.That(new[] { free, first, second, store["scale"].Unconstrained }.Select(other.NameOf), Has.All.Null);
        Assert.That(store.NameOf(tensor(2f)), Is.Null);
        store.Remove("scale");
        Assert.That(store.NameOf(first), Is.Null);
    }

    [Test]
    public void LowerCholeskyHolds()
    {
        var store = new ParamStore();
        var factor = tensor(new double[,] { { 2, 0 }, { -1, 0.5 } });
        Numeric.Close(factor.Numbers(), store.GetParam("L", factor, Constraints.LowerCholesky).Numbers(), 1e-12);
        Assert.Throws<ModelException>(() => store.GetParam("M", tensor(new double[,] { { 2, 1 }, { -1, 0.5 } }), Constraints.LowerCholesky));
        Assert.Throws<ModelException>(() => store.GetParam("M", tensor(new double[,] { { 2, 0 }, { -1, -0.5 } }), Constraints.LowerCholesky));
    }

    [Test]
    public void AnEdgeIsNoPlaceToStart()
    {
        var error = Assert.Throws<ModelException>(() => new ParamStore().GetParam("p", 1.0, Constraints.UnitInterval));
        Assert.That(error.Message, Does.Contain("strictly inside"));
    }

    [Test]
    public void TheStoredOneIsReturned()
    {
        var store = new ParamStore();
        var initial = tensor(1.0);
        store.GetParam("a", initial);
        initial.fill_(99);
        var made = 0;
        Assert.That(store.GetParam("a", new Func<Tensor>(() => { made++; return tensor(5.0); })).Number(), Is.EqualTo(1));
        Assert.That(made, Is.EqualTo(0));
        Assert.That(store.Count, Is.EqualTo(1));
    }

    [Test]
    public void WithoutAnInitialValueItMustExist() =>
        Assert.That(() => new ParamStore().GetParam("a", default), Throws.TypeOf<ModelException>().With.Message.Contains("no parameter 'a'"));

    [Test]
    public void TwoConstraintsOnOneNameAreRefused()
    {
        var store = new ParamStore();
        store.GetParam("a", 1.0, Constraints.Positive);
        store.GetParam("a", 1.0);
        store.GetParam("a", 1.0, Constraints.Positive);
        Assert.That(() => store.GetParam("a", 1.0, Constraints.Interval(0, 3)), Throws.TypeOf<ModelException>().With.Message.Contains("Positive"));
    }

    [Test]
    public void TheShapeStaysThatOfTheFirst()
    {
        var store = new ParamStore();
        store.GetParam("a", zeros(3));
        store.GetParam("a", ones(3));
        store.GetParam("a", (Func<Tensor>)(() => ones(4)));
        var error = Assert.Throws<ModelException>(() => store.GetParam("a", zeros(1)));
        Assert.That(error.Site, Is.EqualTo("a"));
        Assert.That(error.Message, Does.Contain("'a' has shape (3) and is asked for with an initial value of shape (1)"));
        Assert.Throws<ModelException>(() => store.GetParam("a", 0.0));
        // The shape is the value's, whatever its constraint makes of it.
        store.GetParam("b", full(3, 1 / 3f), Constraints.Simplex);
        store.GetParam("b", full(3, 1 / 3f), Constraints.Simplex);
    }

    [Test]
    public void AnEmptyStoreSaysSo() =>
        Assert.That(() => new ParamStore().GetValue("a"), Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("it is empty"));

    [Test]
    public void NumbersAreOfTheDefaultDtypeAndIntegersBecomeIt()
    {
        var store = new ParamStore();
        Assert.That(store.GetParam("a", 15.0).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(store.GetParam("b", tensor(new long[] { 1, 2 })).dtype, Is.EqualTo(ScalarType.Float32));
        Assert.That(store.GetParam("c", tensor(1.0)).dtype, Is.EqualTo(ScalarType.Float64));
    }

    [Test]
    public void ParametersOutliveDisposeScopes()
    {
        var store = new ParamStore();
        using (NewDisposeScope())
            store.GetParam("a", tensor(2.0), Constraints.Positive);
        Numeric.Close(2, store.GetValue("a").Number(), 1e-12);
    }

    [Test]
    public void TagsCanBeReadAndChanged()
    {
        var store = new ParamStore();
        store.GetParam("a", 1.0);
        store.GetParam("b", 1.0, null, "guide", "slow");
        Assert.That(store["a"].Tags, Is.EqualTo([ParamStore.DefaultTag]));
        Assert.That(store.WithTag("guide").Select(p => p.Name), Is.EqualTo(["b"]));
        store.Tag("a", "guide");
        store.Untag("b", "slow", "never there");
        Assert.That(store.WithTag("guide").Select(p => p.Name), Is.EqualTo(["a", "b"]));
        Assert.That(store.WithTag("slow"), Is.Empty);
        Assert.Throws<KeyNotFoundException>(() => store.Tag("c", "x"));
    }

    [Test]
    public void SeveralAreTaggedAtOnceOrNone()
    {
        var store = new ParamStore();
        foreach (var name in new[] { "a", "b", "c" })
            store.GetParam(name, 1.0);
        store.Tag(["a", "c"], "slow", "guide");
        Assert.That(store.WithTag("slow").Select(p => p.Name), Is.EqualTo(["a", "c"]));
        store.Untag(["a", "b"], "slow");
        Assert.That(store.WithTag("slow").Select(p => p.Name), Is.EqualTo(["c"]));
        Assert.Throws<KeyNotFoundException>(() => store.Tag(["a", "nobody"], "fast"));
        Assert.That(store.WithTag("fast"), Is.Empty);
    }

    [Test]
    public void AnotherValueMayHaveAnotherShape()
    {
        var store = new ParamStore();
        store.GetParam("a", tensor(new[] { 1.0, 2 }), Constraints.Positive, "slow");
        store.GetParam("b", 1.0);
        using (NewDisposeScope())
            store.Replace("a", tensor(new[] { 1.0, 2, 3 }));
        Numeric.Close([1, 2, 3], store.GetValue("a").Numbers(), 1e-12);
        Assert.That(store.Names, Is.EqualTo(["a", "b"]));
        Assert.That(store["a"].Tags, Is.EqualTo(["slow"]));
        Assert.That(store["a"].Unconstrained is { requires_grad: true, is_leaf: true });
        Assert.That(Assert.Throws<ModelException>(() => store.Replace("a", tensor(-1.0))).Site, Is.EqualTo("a"));
        Assert.That(store.GetValue("a").shape, Is.EqualTo([3]));
        Assert.Throws<KeyNotFoundException>(() => store.Replace("c", tensor(1.0)));
    }

    [Test]
    public void NamesKeepTheirOrder()
    {
        var store = new ParamStore();
        foreach (var name in new[] { "z", "a", "m" })
            store.GetParam(name, 1.0);
        Assert.That(store.Names, Is.EqualTo(["z", "a", "m"]));
        Assert.That(store.Remove("a"), Is.True);
        Assert.That(store.Remove("a"), Is.False);
        Assert.That(store.Names, Is.EqualTo(["z", "m"]));
        store.Clear();
        Assert.That(store.Names, Is.Empty);
        Assert.Throws<KeyNotFoundException>(() => _ = store["z"]);
    }

    public static IEnumerable<TestCaseData<string, Func<Constraint>, Func<Tensor>, Func<Tensor>>> Shaped =>
    [
        new("simplex of a scalar", () => Constraints.Simplex, () => tensor(1.0), () => tensor(new[] { 0.5, 0.5 })),
        new("simplex of nothing", () => Constraints.Simplex, () => zeros(0), () => tensor(new[] { 0.5, 0.5 })),
        new("ordered scalar", () => Constraints.Ordered, () => tensor(1.0), () => tensor(new[] { 1.0, 2 })),
        new("ordered nothing", () => Constraints.Ordered, () => zeros(0), () => tensor(new[] { 1.0, 2 })),
        new("scalar as a factor", () => Constraints.LowerCholesky, () => tensor(1.0), () => eye(2)),
        new("vector as a factor", () => Constraints.LowerCholesky, () => ones(3), () => eye(2)),
        new("row as a factor", () => Constraints.LowerCholesky, () => ones(1, 4), () => eye(2)),
        new("scalar as a covariance", () => Constraints.PositiveDefinite, () => tensor(1.0), () => eye(2)),
        new("column as a covariance", () => Constraints.PositiveDefinite, () => ones(4, 1), () => eye(2)),
        new("empty covariance", () => Constraints.PositiveDefinite, () => zeros(0, 0), () => eye(2)),
        new("half a covariance", () => Constraints.PositiveDefinite, () => eye(2, dtype: ScalarType.Float16), () => eye(2)),
        new("row as a correlation", () => Constraints.CorrelationCholesky, () => ones(1, 4), () => eye(2)),
        new("vector as a correlation", () => Constraints.CorrelationCholesky, () => ones(3), () => eye(2)),
    ];

    [TestCaseSource(nameof(Shaped))]
    public void AValueWithoutAShapeOfItsConstraintIsRefusedAndNotCreated(string what, Func<Constraint> constraint, Func<Tensor> wrong, Func<Tensor> right)
    {
        var store = new ParamStore();
        var error = Assert.Throws<ModelException>(() => store.GetParam("p", wrong(), constraint()));
        Assert.That(error.Site, Is.EqualTo("p"));
        Assert.That(error.Message, Does.Contain("'p'"));
        Assert.That(store.Contains("p"), Is.False, what);
        store.GetParam("p", right(), constraint());
        var before = store.GetValue("p").Numbers();
        if (!wrong().shape.AsSpan().SequenceEqual(right().shape))
            Assert.Throws<ModelException>(() => store.SetValue("p", wrong()));
        Assert.That(store.GetValue("p").Numbers(), Is.EqualTo(before));
    }

    [Test]
    public void ASimplexOfOneIsOne()
    {
        var store = new ParamStore();
        Assert.That(store.GetParam("p", ones(1), Constraints.Simplex).Numbers(), Is.EqualTo([1]));
        Assert.That(store.GetParam("q", ones(2, 1), Constraints.Simplex).Numbers(), Is.EqualTo([1, 1]));
        store.SetValue("p", ones(1));
        store.GetParam("p", ones(1), Constraints.Simplex).sum().backward();
        using var memory = new MemoryStream();
        store.Save(memory);
        memory.Position = 0;
        store.Load(memory);
        Assert.That(store.GetValue("p").Numbers(), Is.EqualTo([1]));
    }

    [Test]
    public void AFunctionMayAskForOtherParametersAndForItsOwn()
    {
        var store = new ParamStore();
        var value = store.GetParam("a", (Func<Tensor>)(() => store.GetParam("a", 5.0) * store.GetParam("b", 2.0)));
        Assert.That(value.Number(), Is.EqualTo(5));
        Assert.That(store.Names, Is.EqualTo(["a", "b"]));
    }

    [Test]
    public void WhatTakesLongToCreateKeepsNobodyWaiting()
    {
        var store = new ParamStore();
        using var other = new ManualResetEventSlim();
        var waited = false;
        var thread = new Thread(() => store.GetParam("slow", (Func<Tensor>)(() =>
        {
            waited = other.Wait(TimeSpan.FromSeconds(30), TestContext.CurrentContext.CancellationToken);
            return tensor(1.0);
        })));
        thread.Start();
        store.GetParam("quick", 2.0);
        Assert.That(store.GetValue("quick").Number(), Is.EqualTo(2));
        other.Set();
        thread.Join();
        Assert.That(waited, Is.True);
        Assert.That(store.Names, Is.EqualTo(["quick", "slow"]));
    }

    [Test]
    public void NamesAndTagsAreTextThatAFileCanHold()
    {
        var store = new ParamStore();
        Assert.That(() => store.GetParam("a\ud800", 1.0), Throws.TypeOf<ModelException>().With.Message.Contains("surrogates"));
        Assert.Throws<ModelException>(() => store.GetOrAdopt("a\udc00b", zeros(1), out _));
        Assert.Throws<ArgumentException>(() => store.GetParam("a", 1.0, null, "x", null!));
        Assert.Throws<ArgumentException>(() => store.GetParam("a", 1.0, null, "\udc00"));
        Assert.That(store.Names, Is.Empty);
        store.GetParam("a\ud83c\udfb2", 1.0, null, "\ud83c\udfb2");
        Assert.Throws<ArgumentException>(() => store.Tag("a\ud83c\udfb2", [null!]));
        Assert.That(store["a\ud83c\udfb2"].Tags, Is.EqualTo(["\ud83c\udfb2"]));
    }

    [Test]
    public void AReadValueIsOneThatSomebodyGave()
    {
        var store = new ParamStore();
        store.GetParam("x", zeros(400_000));
        var (a, b) = (zeros(400_000), ones(400_000));
        var stop = false;
        var thread = new Thread(() =>
        {
            for (var i = 0; !Volatile.Read(ref stop); i++)
                store.SetValue("x", i % 2 == 0 ? b : a);
        });
        thread.Start();
        var torn = 0;
        for (var i = 0; i < 200; i++)
        {
            using var scope = NewDisposeScope();
            var value = store.GetValue("x");
            if (value.min().item<float>() != value.max().item<float>())
                torn++;
        }
        Volatile.Write(ref stop, true);
        thread.Join();
        Assert.That(torn, Is.EqualTo(0));
    }

    [Test]
    public void AReadValueLeavesNothingElseInTheScope()
    {
        var store = new ParamStore();
        store.GetParam("a", 1.0);
        store.GetParam("b", 1.0, Constraints.Interval(0, 3));
        using var scope = NewDisposeScope();
        foreach (var name in store.Names)
            Assert.That(store.GetValue(name), Is.Not.SameAs(store[name].Unconstrained));
        Assert.That(scope.DisposablesCount, Is.EqualTo(2));
    }

    [Test]
    public void AModuleThatIsDisposedIsNamed()
    {
        var store = new ParamStore();
        var leaf = ones(2).requires_grad_();
        store.GetOrAdopt("net$$$weight", leaf, out _);
        leaf.Dispose();
        foreach (var use in new Action[]
        {
            () => store.GetValue("net$$$weight"), () => store.SetValue("net$$$weight", ones(2)), () => store.GetOrAdopt("net$$$weight", ones(2), out _),
            () => store.Save(new MemoryStream()),
        })
        {
            var error = Assert.Throws<ModelException>(use);
            Assert.That(error.Site, Is.EqualTo("net$$$weight"));
            Assert.That(error.Message, Does.Contain("'net$$$weight' was the tensor of a module that has been disposed"));
        }
        store.Remove("net$$$weight");
        store.GetOrAdopt("net$$$weight", ones(2), out var created);
        Assert.That(created, Is.True);
    }

    [Test]
    public void ThreadsThatCreateOneParameterGetOne()
    {
        var store = new ParamStore();
        var found = new StoredParam[64];
        Parallel.For(0, 64, i =>
        {
            store.GetParam($"p{i % 4}", i);
            found[i] = store[$"p{i % 4}"];
        });
        Assert.That(store.Count, Is.EqualTo(4));
        Assert.That(found.Distinct().Count(), Is.EqualTo(4));
    }
}
