using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Infer;

/// <summary>What is wrong is said, with the name and the remedy, and a failed step leaves everything as it was.</summary>
public class ErrorTests
{
    private static readonly Program<Unit> s_empty = Runs.Program(() => { });

    private static ModelException Fails(Action model, Action? guide = null)
    {
        var svi = new SVI<Unit>(Runs.Program(model), guide is null ? s_empty : Runs.Program(guide), new Adam(0.1), new ELBO(), Runs.Context());
        return Assert.Throws<ModelException>(() => svi.Step(default));
    }

    private static void Says(ModelException error, string site, params string[] words)
    {
        Assert.That(error.Site, Is.EqualTo(site));
        foreach (var word in words.Append($"'{site}'"))
            Assert.That(error.Message, Does.Contain(word));
    }

    [Test]
    public void AFailedStepChangesNothing()
    {
        var broken = false;
        var model = DynamicProgram.Of<Tensor>(flips =>
        {
            var fairness = Sample("fairness", new Beta(10, 10));
            if (broken)
                Param("new", 1.0);
            using (IArange("flips", 5))
                Observe("obs", new Bernoulli(fairness), flips);
        });
        var adam = new Adam(0.1);
        var svi = new SVI<Tensor>(model, SviTests.CoinGuide, adam, new ELBO(), Runs.Context());
        svi.Step(ones(5));
        var store = svi.Context.Store;
        var before = store.Parameters.Select(p => p.Unconstrained.Number()).ToArray();
        broken = true;
        Says(Assert.Throws<ModelException>(() => svi.Step(ones(6))), "obs", "'flips'", "size 6", "size 5");
        Assert.Throws<ModelException>(() => svi.Step(tensor(new[] { 0, 1, 0.5f, 1, 1 })));
        Assert.That(store.Parameters.Select(p => p.Unconstrained.Number()), Is.EqualTo(before));
        Assert.That(store.Names, Is.EqualTo(["alpha", "beta"]));
        Assert.That(adam.StepsOf("alpha"), Is.EqualTo(1));
        broken = false;
        svi.Step(ones(5));
        Assert.That(adam.StepsOf("alpha"), Is.EqualTo(2));
    }

    [Test]
    public void ParametersOutsideTheirDomain()
    {
        Says(Fails(() => Observe("x", new Normal(double.NaN, 1), tensor(0f))), "x", "mu = NaN");
        Says(Fails(() => Observe("x", new Normal(0, -1), tensor(0f))), "x", "sigma = -1", "positive");
        Says(Fails(() => Observe("x", new Normal(0, tensor(new[] { 1f, 2f, 0f })), zeros(3))), "x", "sigma = 0");
        Says(Fails(() => Sample("x", new Beta(double.NaN, 1))), "x", "alpha = NaN");
        Says(Fails(() => Observe("x", new Bernoulli(ps: 1.5), tensor(1f))), "x", "ps = 1.5");
        Says(Fails(() => Observe("x", new Normal(0, tensor(new[] { 1f, -2f }).expand(3, 2)), zeros(3, 2))), "x", "sigma = -2");
    }

    [Test]
    public void ObservationsOutsideTheSupport()
    {
        Says(Fails(() => Observe("x", new Bernoulli(ps: 0.5), tensor(new[] { 0f, 0.5f }))), "x", "0.5", "{0, 1}");
        Says(Fails(() => Observe("x", new Bernoulli(ps: 0.5), tensor(new long[] { 0, 2 }))), "x", "value 2");
        Says(Fails(() => Observe("x", new Normal(0, 1), tensor(float.NaN))), "x", "NaN");
        Says(Fails(() => Observe("x", new LogNormal(0, 1), tensor(-1f))), "x", "-1");
        Says(Fails(() => Observe("x", new HalfCauchy(2, 1), tensor(1f))), "x", "value 1");
        Says(Fails(() => Observe("x", new Beta(1, 1), tensor(1.5f))), "x", "1.5");
    }

    [Test]
    public void WhatFailsInASiteNamesTheSite()
    {
        var ended = tensor(1f);
        ended.Dispose();
        Says(Fails(() => Observe("x", new Normal(0, 1), ended)), "x", "failed at the site 'x'", "disposed", "dispose scope");
        Says(Fails(() => Observe("x", new Normal(0, 1), zeros(2, ScalarType.ComplexFloat32))), "x", "failed at the site 'x'", "dtypes");
        Says(Fails(() => Observe("x", new Normal(0, 1), (Tensor)null!)), "x", "null");
    }

    [Test]
    public void Value_ThatEndedWithAScopeInTheProgram_IsNamed()
    {
        var used = Fails(() =>
        {
            Tensor mu, other;
            using (NewDisposeScope())
                (mu, other) = (Sample("mu", new Normal(0, 1)), Sample("other", new Normal(0, 1)).MoveToOuterDisposeScope());
            Observe("x", new Normal(mu + other, 1), tensor(0f));
        });
        Assert.That(used.Message, Does.Contain("values of 'mu': move them out, by MoveToOuterDisposeScope"));

        // What is not used again is read by inference.
        Program<Unit>[] programs =
        [
            Runs.Program(() =>
            {
                using var mu = Sample("mu", new Normal(zeros(1), 1));
                Observe("x", new Normal(zeros(1), 1), zeros(1));
            }),
            Runs.Program(() =>
            {
                using var sigma = ones(1) + 1;
                Sample("mu", new Normal(0, sigma));
            }),
            Runs.Program(() =>
            {
                using var mean = ones(1) + 1;
                Sample("mu", new Normal(mean, 1));
            }),
        ];
        foreach (var program in programs)
        {
            var guide = Runs.Program(() => Sample("mu", new Normal(Param("m", zeros(1)), 1)));
            Action[] readers =
            [
                () => new SVI<Unit>(program, guide, new Adam(0.1), new ELBO(), Runs.Context()).Step(default),
                () => new SVI<Unit>(program, guide, new Adam(0.1), new ELBO(2, parallel: true), Runs.Context()).Step(default),
                () => program.Trace(default, Runs.Context()).LogPdf(),
            ];
            foreach (var read in readers)
            {
                var error = Assert.Throws<ModelException>(() => read());
                Assert.That(error.Site, Is.EqualTo("mu"));
                Assert.That(error.Message, Does.Contain("dispose scope").And.Contain("MoveToOuterDisposeScope"));
            }
        }
    }

    [Test]
    public void WhatAProgramHasCaughtIsNotWhereItFails()
    {
        var ended = tensor(1f);
        ended.Dispose();
        var error = Fails(() =>
        {
            Assert.Throws<InvalidOperationException>(() => Observe("x", new Normal(0, 1), ended));
            ones(2).add_(ones(3));
        });
        Assert.That(error.Message, Does.Contain("failed after the site 'x'"));
    }

    [Test]
    public void WhatFailsBetweenSitesSaysAfterWhich()
    {
        Tensor? nothing = null;
        var error = Fails(() =>
        {
            Deterministic("a", zeros(2));
            using (IArange("plate", 3))
                Observe("x", new Normal(0, 1), nothing!.exp());
        });
        Assert.That(error.Message, Does.Contain("failed after the site 'a': "));
        Assert.That(error.Message, Does.Contain("is null: give it all of its arguments"));
        Assert.That(error.InnerException, Is.TypeOf<NullReferenceException>());
    }

    [Test]
    public void ModelAndGuideTheWrongWayRound()
    {
        var error = Fails(() => Sample("z", new Normal(0, 1)), () => Observe("x", new Normal(Sample("z", new Normal(0, 1)), 1), tensor(1f)));
        Says(error, "x", "the wrong way round");
    }

    [Test]
    public void WhatAnInferenceNeedsIsNotNull()
    {
        Assert.That(() => new SVI<Unit>(null!, s_empty, new Adam(0.1), new ELBO()), Throws.TypeOf<ArgumentNullException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("model"));
        Assert.That(() => new SVI<Unit>(s_empty, null!, new Adam(0.1), new ELBO()), Throws.TypeOf<ArgumentNullException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("guide"));
        Assert.That(() => new SVI<Unit>(s_empty, s_empty, null!, new ELBO()), Throws.TypeOf<ArgumentNullException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("optimizer"));
        Assert.That(() => new SVI<Unit>(s_empty, s_empty, new Adam(0.1), (ILoss)null!), Throws.TypeOf<ArgumentNullException>().With.Property(nameof(ArgumentException.ParamName)).EqualTo("loss"));
    }

    [Test]
    public void TwoStepsOfOneInferenceAtATimeAreRefused()
    {
        SVI<Unit> svi = null!;
        var refused = false;
        svi = new SVI<Unit>(Runs.Program(() => refused |= Assert.Catch(() => svi.Step(default)) is InvalidOperationException), s_empty, new Adam(0.1), new ELBO(), Runs.Context());
        svi.Step(default);
        Assert.That(refused, Is.True);
        svi.Step(default);
    }

    [Test]
    public void AStepLearnsInsideOfNoGradAsWell()
    {
        var svi = new SVI<Unit>(Runs.Program(() => Observe("x", new Normal(Param("m", 0.0), 1), tensor(3f))), s_empty, new Adam(0.1), new ELBO(), Runs.Context());
        using (no_grad())
        {
            svi.Step(default);
            Assert.That(is_grad_enabled(), Is.False);
        }
        Assert.That(svi.Context.Store.GetValue("m").Number(), Is.EqualTo(0.1).Within(1e-3));
    }

    [Test]
    public void ALargeTensorIsLookedAtOnceTheLossIsNotFinite()
    {
        var data = zeros(200000);
        data[123456] = tensor(0.25f);
        Says(Fails(() => Observe("x", new Bernoulli(ps: 0.5), data)), "x", "0.25", "{0, 1}");
        var sigma = ones(200000);
        sigma[7] = tensor(float.NaN);
        Says(Fails(() => Observe("x", new Normal(0, sigma), data)), "x", "sigma = NaN");
    }

    [Test]
    public void ShapesThatDoNotFit()
    {
        Says(Fails(() => Observe("x", new Normal(zeros(3), 1), zeros(4))), "x", "(4)", "(3)");
        Says(Fails(() => Observe("x", new Normal(zeros(3), 1), zeros([]))), "x", "()", "(3)");
        Says(Fails(() => Sample("z", new Normal(zeros(3), 1)), () => Sample("z", new Normal(zeros(2), 1))), "z", "(3)", "(2)");
    }

    [Test]
    public void ParamsThatStartOutside() =>
        Says(Fails(() => Param("p", -1.0, Constraints.Positive)), "p", "-1", "Positive");

    [Test]
    public void GuideAndModelThatDoNotMatch()
    {
        Says(Fails(() => Sample("z", new Normal(0, 1))), "z", "guide");
        Says(Fails(() => { }, () => Sample("z", new Normal(0, 1))), "z", "no latent site");
        Says(Fails(() => Observe("z", new Normal(0, 1), tensor(0f)), () => Sample("z", new Normal(0, 1))), "z", "no latent site");
        Says(Fails(() => { }, () => Observe("z", new Normal(0, 1), tensor(0f))), "z", "observes");
        Says(Fails(() => { }, () => IArange("n", 10, 5).Dispose()), "n", "plate");
    }

    [Test]
    public void AGuideOutsideTheModelsSupport() =>
        Says(Fails(() => Sample("z", new Beta(2, 2)), () => Sample("z", new Normal(Param("m", 9.0), 0.1))), "z", "Beta");

    [Test]
    public void ALossThatOverflowsNamesTheSite() =>
        Says(Fails(() => Observe("x", new Normal(0, 1e-30), tensor(1f))), "x", "-Infinity");

    [Test]
    public void AParameterThatHasBecomeNaNIsNamed()
    {
        var context = Runs.Context();
        var svi = new SVI<Unit>(Runs.Program(() => Observe("x", new Normal(Param("m", 0.0), 1), tensor(0f))), s_empty, new Adam(), new ELBO(), context);
        svi.Step(default);
        using (no_grad())
            context.Store["m"].Unconstrained.fill_(float.NaN);
        Says(Assert.Throws<ModelException>(() => svi.Step(default)), "m", "NaN");
    }

    [Test]
    public void ExceptionsOfTheModelComeThrough()
    {
        var svi = new SVI<Unit>(Runs.Program(() => throw new InvalidTimeZoneException()), s_empty, new Adam(), new ELBO(), Runs.Context());
        Assert.Throws<InvalidTimeZoneException>(() => svi.Step(default));
        Assert.Throws<InvalidTimeZoneException>(() => svi.EvaluateLoss(default));
    }

    [Test]
    public void ALossOfOnesOwnIsCheckedToo()
    {
        var svi = new SVI<Unit>(s_empty, s_empty, new Adam(), new Broken(), Runs.Context());
        Assert.Throws<ModelException>(() => svi.Step(default));
    }

    private sealed class Broken : ILoss
    {
        public double Loss<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args) => double.NaN;

        public double LossAndGrads<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet trained) => double.NaN;
    }
}
