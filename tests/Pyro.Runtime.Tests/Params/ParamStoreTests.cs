using Pyro.Distributions;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Params;

public class ParamStoreTests
{
    public static TheoryData<string, Func<Constraint>, double[], double[]> Constrained => new()
    {
        { "Real", () => Constraints.Real, [-3, 0, 7], [double.NaN] },
        { "Positive", () => Constraints.Positive, [1e-3, 1, 50], [0] },
        { "UnitInterval", () => Constraints.UnitInterval, [0.01, 0.5, 0.9], [1.5] },
        { "Interval", () => Constraints.Interval(2, 5), [2.1, 3, 4.9], [5.5] },
        { "GreaterThan", () => Constraints.GreaterThan(-2), [-1.9, 0, 10], [-2] },
        { "LessThan", () => Constraints.LessThan(1), [-9, 0, 0.9], [1] },
        { "Simplex", () => Constraints.Simplex, [0.2, 0.5, 0.3], [0.5, 0.6] },
    };

    [Theory]
    [MemberData(nameof(Constrained))]
    public void TheValueIsTheInitialOne(string name, Func<Constraint> constraint, double[] initial, double[] outside)
    {
        var store = new ParamStore();
        Numeric.Close(initial, store.GetParam(name, tensor(initial), constraint()).Numbers(), 1e-12);
        var error = Assert.Throws<ModelException>(() => store.GetParam("other", tensor(outside), constraint()));
        Assert.Equal("other", error.Site);
        Assert.Contains("'other'", error.Message);
        Assert.Contains(name, error.Message);
        Assert.False(store.Contains("other"));
    }

    [Theory]
    [MemberData(nameof(Constrained))]
    public void TheValueStaysInsideHoweverFarTheLeafGoes(string name, Func<Constraint> constraint, double[] initial, double[] outside)
    {
        Assert.NotEmpty(outside);
        var store = new ParamStore();
        store.GetParam(name, tensor(initial), constraint());
        var leaf = store[name].Unconstrained;
        using var noGrad = no_grad();
        foreach (var far in new[] { -30.0, -5, 0, 5, 30 })
        {
            leaf.fill_(far);
            Assert.Null(constraint().Find(store[name].Value()));
        }
    }

    [Theory]
    [MemberData(nameof(Constrained))]
    public void GradientsReachTheLeaf(string name, Func<Constraint> constraint, double[] initial, double[] outside)
    {
        Assert.NotEmpty(outside);
        var store = new ParamStore();
        store.GetParam(name, tensor(initial), constraint());
        var map = constraint().TransformTo();
        var weights = tensor(initial.Select((_, i) => 1.0 + i).ToArray());
        (store[name].Value() * weights).sum().backward();
        var gradient = store[name].Unconstrained.grad!.Numbers();
        Numeric.GradientIsRight(x => (map.Forward(x[0]) * weights).sum(), 1e-6, store[name].Unconstrained);
        Assert.Contains(gradient, g => g != 0);
    }

    [Fact]
    public void LowerCholeskyHolds()
    {
        var store = new ParamStore();
        var factor = tensor(new double[,] { { 2, 0 }, { -1, 0.5 } });
        Numeric.Close(factor.Numbers(), store.GetParam("L", factor, Constraints.LowerCholesky).Numbers(), 1e-12);
        Assert.Throws<ModelException>(() => store.GetParam("M", tensor(new double[,] { { 2, 1 }, { -1, 0.5 } }), Constraints.LowerCholesky));
        Assert.Throws<ModelException>(() => store.GetParam("M", tensor(new double[,] { { 2, 0 }, { -1, -0.5 } }), Constraints.LowerCholesky));
    }

    [Fact]
    public void AnEdgeIsNoPlaceToStart()
    {
        var error = Assert.Throws<ModelException>(() => new ParamStore().GetParam("p", 1.0, Constraints.UnitInterval));
        Assert.Contains("strictly inside", error.Message);
    }

    [Fact]
    public void TheStoredOneIsReturned()
    {
        var store = new ParamStore();
        var initial = tensor(1.0);
        store.GetParam("a", initial);
        initial.fill_(99);
        var made = 0;
        Assert.Equal(1, store.GetParam("a", new Func<Tensor>(() => { made++; return tensor(5.0); })).Number());
        Assert.Equal(0, made);
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void WithoutAnInitialValueItMustExist() =>
        Assert.Contains("no parameter 'a'", Assert.Throws<ModelException>(() => new ParamStore().GetParam("a", default)).Message);

    [Fact]
    public void TwoConstraintsOnOneNameAreRefused()
    {
        var store = new ParamStore();
        store.GetParam("a", 1.0, Constraints.Positive);
        store.GetParam("a", 1.0);
        store.GetParam("a", 1.0, Constraints.Positive);
        Assert.Contains("Positive", Assert.Throws<ModelException>(() => store.GetParam("a", 1.0, Constraints.Interval(0, 3))).Message);
    }

    [Fact]
    public void TheShapeStaysThatOfTheFirst()
    {
        var store = new ParamStore();
        store.GetParam("a", zeros(3));
        store.GetParam("a", ones(3));
        store.GetParam("a", (Func<Tensor>)(() => ones(4)));
        var error = Assert.Throws<ModelException>(() => store.GetParam("a", zeros(1)));
        Assert.Equal("a", error.Site);
        Assert.Contains("'a' has shape (3) and is asked for with an initial value of shape (1)", error.Message);
        Assert.Throws<ModelException>(() => store.GetParam("a", 0.0));
        // The shape is the value's, whatever its constraint makes of it.
        store.GetParam("b", full(3, 1 / 3f), Constraints.Simplex);
        store.GetParam("b", full(3, 1 / 3f), Constraints.Simplex);
    }

    [Fact]
    public void AnEmptyStoreSaysSo() =>
        Assert.Contains("it is empty", Assert.Throws<KeyNotFoundException>(() => new ParamStore().GetValue("a")).Message);

    [Fact]
    public void NumbersAreOfTheDefaultDtypeAndIntegersBecomeIt()
    {
        var store = new ParamStore();
        Assert.Equal(ScalarType.Float32, store.GetParam("a", 15.0).dtype);
        Assert.Equal(ScalarType.Float32, store.GetParam("b", tensor(new long[] { 1, 2 })).dtype);
        Assert.Equal(ScalarType.Float64, store.GetParam("c", tensor(1.0)).dtype);
    }

    [Fact]
    public void ParametersOutliveDisposeScopes()
    {
        var store = new ParamStore();
        using (NewDisposeScope())
            store.GetParam("a", tensor(2.0), Constraints.Positive);
        Numeric.Close(2, store.GetValue("a").Number(), 1e-12);
    }

    [Fact]
    public void TagsCanBeReadAndChanged()
    {
        var store = new ParamStore();
        store.GetParam("a", 1.0);
        store.GetParam("b", 1.0, null, "guide", "slow");
        Assert.Equal([ParamStore.DefaultTag], store["a"].Tags);
        Assert.Equal(["b"], store.WithTag("guide").Select(p => p.Name));
        store.Tag("a", "guide");
        store.Untag("b", "slow", "never there");
        Assert.Equal(["a", "b"], store.WithTag("guide").Select(p => p.Name));
        Assert.Empty(store.WithTag("slow"));
        Assert.Throws<KeyNotFoundException>(() => store.Tag("c", "x"));
    }

    [Fact]
    public void SeveralAreTaggedAtOnceOrNone()
    {
        var store = new ParamStore();
        foreach (var name in new[] { "a", "b", "c" })
            store.GetParam(name, 1.0);
        store.Tag(["a", "c"], "slow", "guide");
        Assert.Equal(["a", "c"], store.WithTag("slow").Select(p => p.Name));
        store.Untag(["a", "b"], "slow");
        Assert.Equal(["c"], store.WithTag("slow").Select(p => p.Name));
        Assert.Throws<KeyNotFoundException>(() => store.Tag(["a", "nobody"], "fast"));
        Assert.Empty(store.WithTag("fast"));
    }

    [Fact]
    public void AnotherValueMayHaveAnotherShape()
    {
        var store = new ParamStore();
        store.GetParam("a", tensor(new[] { 1.0, 2 }), Constraints.Positive, "slow");
        store.GetParam("b", 1.0);
        using (NewDisposeScope())
            store.Replace("a", tensor(new[] { 1.0, 2, 3 }));
        Numeric.Close([1, 2, 3], store.GetValue("a").Numbers(), 1e-12);
        Assert.Equal(["a", "b"], store.Names);
        Assert.Equal(["slow"], store["a"].Tags);
        Assert.True(store["a"].Unconstrained is { requires_grad: true, is_leaf: true });
        Assert.Equal("a", Assert.Throws<ModelException>(() => store.Replace("a", tensor(-1.0))).Site);
        Assert.Equal([3], store.GetValue("a").shape);
        Assert.Throws<KeyNotFoundException>(() => store.Replace("c", tensor(1.0)));
    }

    [Fact]
    public void NamesKeepTheirOrder()
    {
        var store = new ParamStore();
        foreach (var name in new[] { "z", "a", "m" })
            store.GetParam(name, 1.0);
        Assert.Equal(["z", "a", "m"], store.Names);
        Assert.True(store.Remove("a"));
        Assert.False(store.Remove("a"));
        Assert.Equal(["z", "m"], store.Names);
        store.Clear();
        Assert.Empty(store.Names);
        Assert.Throws<KeyNotFoundException>(() => store["z"]);
    }

    public static TheoryData<string, Func<Constraint>, Func<Tensor>, Func<Tensor>> Shaped => new()
    {
        { "simplex of a scalar", () => Constraints.Simplex, () => tensor(1.0), () => tensor(new[] { 0.5, 0.5 }) },
        { "simplex of nothing", () => Constraints.Simplex, () => zeros(0), () => tensor(new[] { 0.5, 0.5 }) },
        { "ordered scalar", () => Constraints.Ordered, () => tensor(1.0), () => tensor(new[] { 1.0, 2 }) },
        { "ordered nothing", () => Constraints.Ordered, () => zeros(0), () => tensor(new[] { 1.0, 2 }) },
        { "scalar as a factor", () => Constraints.LowerCholesky, () => tensor(1.0), () => eye(2) },
        { "vector as a factor", () => Constraints.LowerCholesky, () => ones(3), () => eye(2) },
        { "row as a factor", () => Constraints.LowerCholesky, () => ones(1, 4), () => eye(2) },
        { "scalar as a covariance", () => Constraints.PositiveDefinite, () => tensor(1.0), () => eye(2) },
        { "column as a covariance", () => Constraints.PositiveDefinite, () => ones(4, 1), () => eye(2) },
        { "empty covariance", () => Constraints.PositiveDefinite, () => zeros(0, 0), () => eye(2) },
        { "half a covariance", () => Constraints.PositiveDefinite, () => eye(2, dtype: ScalarType.Float16), () => eye(2) },
        { "row as a correlation", () => Constraints.CorrelationCholesky, () => ones(1, 4), () => eye(2) },
        { "vector as a correlation", () => Constraints.CorrelationCholesky, () => ones(3), () => eye(2) },
    };

    [Theory]
    [MemberData(nameof(Shaped))]
    public void AValueWithoutAShapeOfItsConstraintIsRefusedAndNotCreated(string what, Func<Constraint> constraint, Func<Tensor> wrong, Func<Tensor> right)
    {
        var store = new ParamStore();
        var error = Assert.Throws<ModelException>(() => store.GetParam("p", wrong(), constraint()));
        Assert.Equal("p", error.Site);
        Assert.Contains("'p'", error.Message);
        Assert.False(store.Contains("p"), what);
        store.GetParam("p", right(), constraint());
        var before = store.GetValue("p").Numbers();
        if (!wrong().shape.AsSpan().SequenceEqual(right().shape))
            Assert.Throws<ModelException>(() => store.SetValue("p", wrong()));
        Assert.Equal(before, store.GetValue("p").Numbers());
    }

    [Fact]
    public void ASimplexOfOneIsOne()
    {
        var store = new ParamStore();
        Assert.Equal([1], store.GetParam("p", ones(1), Constraints.Simplex).Numbers());
        Assert.Equal([1, 1], store.GetParam("q", ones(2, 1), Constraints.Simplex).Numbers());
        store.SetValue("p", ones(1));
        store.GetParam("p", ones(1), Constraints.Simplex).sum().backward();
        using var memory = new MemoryStream();
        store.Save(memory);
        memory.Position = 0;
        store.Load(memory);
        Assert.Equal([1], store.GetValue("p").Numbers());
    }

    [Fact]
    public void AFunctionMayAskForOtherParametersAndForItsOwn()
    {
        var store = new ParamStore();
        var value = store.GetParam("a", (Func<Tensor>)(() => store.GetParam("a", 5.0) * store.GetParam("b", 2.0)));
        Assert.Equal(5, value.Number());
        Assert.Equal(["a", "b"], store.Names);
    }

    [Fact]
    public void WhatTakesLongToCreateKeepsNobodyWaiting()
    {
        var store = new ParamStore();
        using var other = new ManualResetEventSlim();
        var waited = false;
        var thread = new Thread(() => store.GetParam("slow", (Func<Tensor>)(() =>
        {
            waited = other.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            return tensor(1.0);
        })));
        thread.Start();
        store.GetParam("quick", 2.0);
        Assert.Equal(2, store.GetValue("quick").Number());
        other.Set();
        thread.Join();
        Assert.True(waited);
        Assert.Equal(["quick", "slow"], store.Names);
    }

    [Fact]
    public void NamesAndTagsAreTextThatAFileCanHold()
    {
        var store = new ParamStore();
        Assert.Contains("surrogates", Assert.Throws<ModelException>(() => store.GetParam("a\ud800", 1.0)).Message);
        Assert.Throws<ModelException>(() => store.GetOrAdopt("a\udc00b", zeros(1), out _));
        Assert.Throws<ArgumentException>(() => store.GetParam("a", 1.0, null, "x", null!));
        Assert.Throws<ArgumentException>(() => store.GetParam("a", 1.0, null, "\udc00"));
        Assert.Empty(store.Names);
        store.GetParam("a\ud83c\udfb2", 1.0, null, "\ud83c\udfb2");
        Assert.Throws<ArgumentException>(() => store.Tag("a\ud83c\udfb2", [null!]));
        Assert.Equal(["\ud83c\udfb2"], store["a\ud83c\udfb2"].Tags);
    }

    [Fact]
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
        Assert.Equal(0, torn);
    }

    [Fact]
    public void AReadValueLeavesNothingElseInTheScope()
    {
        var store = new ParamStore();
        store.GetParam("a", 1.0);
        store.GetParam("b", 1.0, Constraints.Interval(0, 3));
        using var scope = NewDisposeScope();
        foreach (var name in store.Names)
            Assert.NotSame(store[name].Unconstrained, store.GetValue(name));
        Assert.Equal(2, scope.DisposablesCount);
    }

    [Fact]
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
            Assert.Equal("net$$$weight", error.Site);
            Assert.Contains("'net$$$weight' was the tensor of a module that has been disposed", error.Message);
        }
        store.Remove("net$$$weight");
        store.GetOrAdopt("net$$$weight", ones(2), out var created);
        Assert.True(created);
    }

    [Fact]
    public void ThreadsThatCreateOneParameterGetOne()
    {
        var store = new ParamStore();
        var found = new StoredParam[64];
        Parallel.For(0, 64, i =>
        {
            store.GetParam($"p{i % 4}", i);
            found[i] = store[$"p{i % 4}"];
        });
        Assert.Equal(4, store.Count);
        Assert.Equal(4, found.Distinct().Count());
    }
}
