using Pyro.Optim;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Optim;

/// <summary>Options: what they may be, what they are when nothing is said, and when their function is asked.</summary>
public class OptionsTests
{
    private const double NaN = double.NaN;

    // Each twice: by values, where the optimizer is made, and by a function, where a parameter has its first step.
    private static readonly Dictionary<string, (Func<PyroOptim> Make, Func<PyroOptim> ByFunction)[]> s_bad = new()
    {
        ["lr"] =
        [
            .. new[] { -1, NaN, double.PositiveInfinity }.SelectMany(lr => new (Func<PyroOptim>, Func<PyroOptim>)[]
            {
                (() => new Adam(lr), () => new Adam(_ => new AdamOptions { LearningRate = lr })),
                (() => new AdamW(lr), () => new AdamW(_ => new AdamWOptions { LearningRate = lr })),
                (() => new Adamax(lr), () => new Adamax(_ => new AdamaxOptions { LearningRate = lr })),
                (() => new ClippedAdam(lr), () => new ClippedAdam(_ => new ClippedAdamOptions { LearningRate = lr })),
                (() => new SGD(lr), () => new SGD(_ => new SGDOptions { LearningRate = lr })),
                (() => new RMSprop(lr), () => new RMSprop(_ => new RMSpropOptions { LearningRate = lr })),
                (() => new Rprop(lr), () => new Rprop(_ => new RpropOptions { LearningRate = lr })),
                (() => new Adagrad(lr), () => new Adagrad(_ => new AdagradOptions { LearningRate = lr })),
                (() => new Adadelta(lr), () => new Adadelta(_ => new AdadeltaOptions { LearningRate = lr })),
                (() => new ASGD(lr), () => new ASGD(_ => new ASGDOptions { LearningRate = lr })),
            }),
        ],
        ["weightDecay"] =
        [
            .. new[] { -1, NaN }.SelectMany(decay => new (Func<PyroOptim>, Func<PyroOptim>)[]
            {
                (() => new Adam(weightDecay: decay), () => new Adam(_ => new AdamOptions { WeightDecay = decay })),
                (() => new AdamW(weightDecay: decay), () => new AdamW(_ => new AdamWOptions { WeightDecay = decay })),
                (() => new Adamax(weightDecay: decay), () => new Adamax(_ => new AdamaxOptions { WeightDecay = decay })),
                (() => new ClippedAdam(weightDecay: decay), () => new ClippedAdam(_ => new ClippedAdamOptions { WeightDecay = decay })),
                (() => new SGD(weightDecay: decay), () => new SGD(_ => new SGDOptions { WeightDecay = decay })),
                (() => new RMSprop(weightDecay: decay), () => new RMSprop(_ => new RMSpropOptions { WeightDecay = decay })),
                (() => new Adagrad(weightDecay: decay), () => new Adagrad(_ => new AdagradOptions { WeightDecay = decay })),
                (() => new Adadelta(weightDecay: decay), () => new Adadelta(_ => new AdadeltaOptions { WeightDecay = decay })),
                (() => new ASGD(weightDecay: decay), () => new ASGD(_ => new ASGDOptions { WeightDecay = decay })),
            }),
        ],
        ["eps"] =
        [
            .. new[] { -1, NaN }.SelectMany(eps => new (Func<PyroOptim>, Func<PyroOptim>)[]
            {
                (() => new Adam(eps: eps), () => new Adam(_ => new AdamOptions { Eps = eps })),
                (() => new AdamW(eps: eps), () => new AdamW(_ => new AdamWOptions { Eps = eps })),
                (() => new Adamax(eps: eps), () => new Adamax(_ => new AdamaxOptions { Eps = eps })),
                (() => new ClippedAdam(eps: eps), () => new ClippedAdam(_ => new ClippedAdamOptions { Eps = eps })),
                (() => new RMSprop(eps: eps), () => new RMSprop(_ => new RMSpropOptions { Eps = eps })),
                (() => new Adagrad(eps: eps), () => new Adagrad(_ => new AdagradOptions { Eps = eps })),
                (() => new Adadelta(eps: eps), () => new Adadelta(_ => new AdadeltaOptions { Eps = eps })),
            }),
        ],
        ["betas"] =
        [
            .. new[] { (1, 0.9), (0.9, 1), (-0.1, 0.9), (0.9, NaN) }.SelectMany(betas => new (Func<PyroOptim>, Func<PyroOptim>)[]
            {
                (() => new Adam(betas: betas), () => new Adam(_ => new AdamOptions { Betas = betas })),
                (() => new AdamW(betas: betas), () => new AdamW(_ => new AdamWOptions { Betas = betas })),
                (() => new Adamax(betas: betas), () => new Adamax(_ => new AdamaxOptions { Betas = betas })),
                (() => new ClippedAdam(betas: betas), () => new ClippedAdam(_ => new ClippedAdamOptions { Betas = betas })),
            }),
        ],
        ["momentum"] =
        [
            (() => new SGD(momentum: -0.5), () => new SGD(_ => new SGDOptions { Momentum = -0.5 })),
            (() => new SGD(momentum: NaN), () => new SGD(_ => new SGDOptions { Momentum = NaN })),
            (() => new SGD(nesterov: true), () => new SGD(_ => new SGDOptions { Nesterov = true })),
            (() => new RMSprop(momentum: -0.5), () => new RMSprop(_ => new RMSpropOptions { Momentum = -0.5 })),
        ],
        ["dampening"] =
        [
            (() => new SGD(momentum: 0.9, dampening: 0.5, nesterov: true), () => new SGD(_ => new SGDOptions { Momentum = 0.9, Dampening = 0.5, Nesterov = true })),
            (() => new SGD(dampening: NaN), () => new SGD(_ => new SGDOptions { Dampening = NaN })),
        ],
        ["alpha"] =
        [
            .. new[] { -0.1, 2, NaN }.Select(alpha => ((Func<PyroOptim>)(() => new RMSprop(alpha: alpha)), (Func<PyroOptim>)(() => new RMSprop(_ => new RMSpropOptions { Alpha = alpha })))),
            (() => new ASGD(alpha: -1), () => new ASGD(_ => new ASGDOptions { Alpha = -1 })),
        ],
        ["rho"] =
        [
            .. new[] { -0.1, 1.5, NaN }.Select(rho => ((Func<PyroOptim>)(() => new Adadelta(rho: rho)), (Func<PyroOptim>)(() => new Adadelta(_ => new AdadeltaOptions { Rho = rho })))),
        ],
        ["lrDecay"] = [(() => new Adagrad(lrDecay: -1), () => new Adagrad(_ => new AdagradOptions { LearningRateDecay = -1 }))],
        ["initialAccumulator"] = [(() => new Adagrad(initialAccumulator: -5), () => new Adagrad(_ => new AdagradOptions { InitialAccumulator = -5 }))],
        ["lambd"] = [(() => new ASGD(lambd: NaN), () => new ASGD(_ => new ASGDOptions { Lambd = NaN }))],
        ["t0"] = [(() => new ASGD(t0: NaN), () => new ASGD(_ => new ASGDOptions { T0 = NaN }))],
        ["etas"] =
        [
            .. new[] { (2, 0.5), (0, 1.2), (0.5, 1), (NaN, 1.2) }.Select(etas =>
                ((Func<PyroOptim>)(() => new Rprop(etas: etas)), (Func<PyroOptim>)(() => new Rprop(_ => new RpropOptions { Etas = etas })))),
        ],
        ["stepSizes"] =
        [
            .. new[] { (-1, 1), (2, 1), (0, NaN) }.Select(sizes =>
                ((Func<PyroOptim>)(() => new Rprop(stepSizes: sizes)), (Func<PyroOptim>)(() => new Rprop(_ => new RpropOptions { StepSizes = sizes })))),
        ],
        ["clipNorm"] =
        [
            .. new[] { -1, 0, NaN }.Select(limit =>
                ((Func<PyroOptim>)(() => new ClippedAdam(clipNorm: limit)), (Func<PyroOptim>)(() => new ClippedAdam(_ => new ClippedAdamOptions { ClipNorm = limit })))),
        ],
        ["lrd"] =
        [
            .. new[] { -1, 0, NaN }.Select(lrd =>
                ((Func<PyroOptim>)(() => new ClippedAdam(lrd: lrd)), (Func<PyroOptim>)(() => new ClippedAdam(_ => new ClippedAdamOptions { Lrd = lrd })))),
        ],
    };

    public static IEnumerable<string> Options => s_bad.Keys;

    [TestCaseSource(nameof(Options))]
    public void ValuesOutsideTheirRangeAreRefused(string name)
    {
        foreach (var (make, byFunction) in s_bad[name])
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => make());
            Assert.That(error.ParamName, Is.EqualTo(name));
            Assert.That(error.Message, Does.StartWith($"{name} is "));

            var (optimizer, store) = (byFunction(), Steps.Store());
            var inStep = Assert.Throws<ModelException>(() => optimizer.Take(store, 1));
            Assert.That(inStep.Site, Is.EqualTo("x"));
            Assert.That(inStep.Message, Does.Contain($"'x' cannot be used: {name} is "));
            Assert.That((store.X(), optimizer.StepsOf("x")), Is.EqualTo((1.5, 0)));
        }
    }

    [Test]
    public void LimitsThatAreNoneAreInfinite()
    {
        var store = Steps.Store();
        new ClippedAdam(0.1, clipNorm: double.PositiveInfinity).Take(store, 1e9);
        Numeric.Close(1.4, store.X(), 1e-6);
        new ASGD(0.1, t0: double.PositiveInfinity).Take(store, 1);
        new Rprop(0.1, stepSizes: (0, double.PositiveInfinity)).Take(store, 1);
        Numeric.Close(1.2, store.X(), 1e-3);
    }

    [Test]
    public void ALearningRateIsCheckedWhereItIsSet()
    {
        foreach (var rate in new[] { -1, NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(0.1) { LearningRate = rate });
        var (adam, store) = (new Adam(0.1) { LearningRate = 0.2 }, Steps.Store());
        adam.Take(store, 1);
        Numeric.Close(1.3, store.X(), 1e-7);
        // What a function gives for each parameter, nobody can set for all.
        Assert.That(() => new Adam(_ => new AdamOptions()) { LearningRate = 5 }, Throws.TypeOf<InvalidOperationException>().With.Message.Contains("function"));
    }

    [Test]
    public void AFunctionOfOptionsIsThereAndGivesSome()
    {
        Assert.Throws<ArgumentNullException>(() => new Adam((Func<StoredParam, AdamOptions>)null!));
        Assert.Throws<ArgumentNullException>(() => new SGD((Func<StoredParam, SGDOptions>)null!));
        var store = Steps.Store();
        Assert.That(() => new SGD(_ => null!).Take(store, 1), Throws.TypeOf<ModelException>().With.Message.Contains("null for parameter 'x'"));
        Assert.That(store.X(), Is.EqualTo(1.5));
    }

    private static readonly Dictionary<string, (Func<PyroOptim> Make, Func<PyroOptim> ByFunction)> s_defaults = new()
    {
        ["Adam"] = (() => new Adam(), () => new Adam(_ => new AdamOptions())),
        ["AdamW"] = (() => new AdamW(), () => new AdamW(_ => new AdamWOptions())),
        ["Adamax"] = (() => new Adamax(), () => new Adamax(_ => new AdamaxOptions())),
        ["ClippedAdam"] = (() => new ClippedAdam(), () => new ClippedAdam(_ => new ClippedAdamOptions())),
        ["SGD"] = (() => new SGD(), () => new SGD(_ => new SGDOptions())),
        ["RMSprop"] = (() => new RMSprop(), () => new RMSprop(_ => new RMSpropOptions())),
        ["Rprop"] = (() => new Rprop(), () => new Rprop(_ => new RpropOptions())),
        ["Adagrad"] = (() => new Adagrad(), () => new Adagrad(_ => new AdagradOptions())),
        ["Adadelta"] = (() => new Adadelta(), () => new Adadelta(_ => new AdadeltaOptions())),
        ["ASGD"] = (() => new ASGD(), () => new ASGD(_ => new ASGDOptions())),
    };

    public static IEnumerable<string> Optimizers => s_defaults.Keys;

    [TestCaseSource(nameof(Optimizers))]
    public void OptionsThatAreNotGivenAreTheSameHoweverTheOthersAre(string name)
    {
        var (one, other) = (Steps.Store(), Steps.Store());
        var (make, byFunction) = s_defaults[name];
        var (first, second) = (make(), byFunction());
        foreach (var gradient in new[] { 20, -3, 0.5, 1e-7 })
        {
            first.Take(one, gradient);
            second.Take(other, gradient);
            Assert.That(other.X(), Is.EqualTo(one.X()));
        }
    }

    private static readonly Dictionary<string, Func<bool, PyroOptim>> s_climbing = new()
    {
        ["Adam"] = climb => new Adam(0.1, maximize: climb),
        ["AdamW"] = climb => new AdamW(0.1, maximize: climb),
        ["Adamax"] = climb => new Adamax(0.1, maximize: climb),
        ["ClippedAdam"] = climb => new ClippedAdam(0.1, clipNorm: 2, maximize: climb),
        ["SGD"] = climb => new SGD(0.1, momentum: 0.5, weightDecay: 0.1, maximize: climb),
        ["RMSprop"] = climb => new RMSprop(0.1, weightDecay: 0.1, maximize: climb),
        ["Rprop"] = climb => new Rprop(0.1, maximize: climb),
        ["Adagrad"] = climb => new Adagrad(0.1, weightDecay: 0.1, maximize: climb),
        ["Adadelta"] = climb => new Adadelta(0.1, weightDecay: 0.1, maximize: climb),
        ["ASGD"] = climb => new ASGD(0.1, weightDecay: 0.1, maximize: climb),
    };

    [TestCaseSource(nameof(Optimizers))]
    public void ToClimbIsToDescendWhatHasTheOtherSign(string name)
    {
        // As PyTorch has it: the penalty of a weight decay is added afterwards, and keeps its sign.
        var (one, other) = (Steps.Store(), Steps.Store());
        var (descends, climbs) = (s_climbing[name](false), s_climbing[name](true));
        foreach (var gradient in new[] { 20, -3, 0.5 })
        {
            descends.Take(one, gradient);
            climbs.Take(other, -gradient);
            Assert.That(other.X(), Is.EqualTo(one.X()));
        }
    }

    [Test]
    public void OptionsAreAskedForAgainWhereTheyMayBeOthers()
    {
        var (store, asked) = (Steps.Store(), 0);
        var adam = new Adam(parameter =>
        {
            asked++;
            return new AdamOptions { LearningRate = parameter.Tags.Contains("frozen") ? 0 : 0.1 };
        });
        void Step(double expected, int times)
        {
            adam.Take(store, 1);
            Numeric.Close(expected, store.X(), 1e-7);
            Assert.That(asked, Is.EqualTo(times));
        }
        Step(1.4, 1);
        Step(1.3, 1);
        store.Tag("x", "frozen");
        Step(1.3, 2);
        using var file = new MemoryStream();
        store.Save(file);
        store.Untag("x", "frozen");
        Step(1.2, 3);
        // The tags of a file.
        file.Position = 0;
        store.Load(file);
        Step(1.3, 4);
        // Another parameter of the name.
        store.Clear();
        store.GetParam("x", tensor(7.0));
        Step(6.9, 5);
        adam.Clear();
        Step(6.8, 6);
    }
}
