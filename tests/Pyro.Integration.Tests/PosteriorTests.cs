using ProbCompiler.Samples;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>From an annotated method, through the generator, to a posterior that is known exactly.</summary>
public class PosteriorTests
{
    [Test]
    public void CoinFlip_finds_the_beta_posterior()
    {
        using var flips = cat([ones(140), zeros(110)]);
        var context = Fit(CoinFlip.CompiledModel, CoinFlip.CompiledGuide, flips, steps: 1500);
        using var scope = NewDisposeScope();
        var posterior = Posterior.Sample(CoinFlip.CompiledGuide, flips, 4000, context);
        Assert.That(posterior.Mean("fairness").item<float>(), Is.EqualTo(150.0 / 270).Within(0.01));
        Assert.That(posterior.StdDev("fairness").item<float>(), Is.EqualTo(0.0302).Within(0.005));
    }

    [Test]
    public void EightSchools_shrinks_each_school_to_the_population()
    {
        using var effects = tensor(EightSchoolsExact.Effects);
        using var errors = tensor(EightSchoolsExact.Errors);
        var context = Fit(EightSchools.CompiledModel, EightSchools.CompiledGuide, (effects, errors), steps: 1500);
        using var scope = NewDisposeScope();
        var posterior = Posterior.Sample(EightSchools.CompiledGuide, (effects, errors), 4000, context);
        var theta = (posterior["mu"].unsqueeze(-1) + posterior["tau"].unsqueeze(-1) * posterior["eta"]).mean([0L]).data<float>().ToArray();

        var exact = EightSchoolsExact.PosteriorMeans();
        // Mean field leaves out how eta and tau hang together: effects are pulled in a little more than they should be.
        Assert.That(posterior.Mean("mu").item<float>(), Is.EqualTo(exact.Mu).Within(0.5));
        foreach (var (found, wanted) in theta.Zip(exact.Theta))
            Assert.That(found, Is.EqualTo(wanted).Within(1.6));
        Assert.That(
            theta.Select((effect, school) => (effect, school)).OrderBy(pair => pair.effect).Last().school,
            Is.EqualTo(exact.Theta.Select((effect, school) => (effect, school)).OrderBy(pair => pair.effect).Last().school));
    }

    [Test]
    public void The_compiled_programs_know_their_sites_and_graph()
    {
        Assert.That(CoinFlip.CompiledModel.Sites.Select(site => site.Name), Is.EqualTo(["fairness", "obs"]));
        Assert.That(Edges(CoinFlip.CompiledModel.Graph), Is.EqualTo([(0, 1)]));
        Assert.That(CoinFlip.CompiledGuide.Sites.Select(site => site.Name), Is.EqualTo(["alpha", "beta", "fairness"]));
        Assert.That(Edges(CoinFlip.CompiledGuide.Graph), Is.EqualTo([(0, 2), (1, 2)]));
        Assert.That(CoinFlip.CompiledModel.Sites["obs"].Plates.Single().Name, Is.EqualTo("flips"));
        Assert.That(Edges(EightSchools.CompiledModel.Graph), Is.EqualTo([(0, 3), (1, 3), (2, 3)]));
        Assert.That(CoinFlip.CompiledModel.ToMermaid(), Does.Contain("s0 --> s1"));
    }

    [Test]
    public void A_wrong_shape_names_site_plate_and_sizes()
    {
        using var effects = tensor(EightSchoolsExact.Effects);
        using var errors = ones(5);
        var svi = new SVI<(TorchSharp.torch.Tensor effects, TorchSharp.torch.Tensor errors)>(
            EightSchools.CompiledModel, EightSchools.CompiledGuide, new Adam(), new ELBO(), new RunContext(new ParamStore(), seed: 1));
        var error = Assert.Throws<ModelException>(() => svi.Step((effects, errors)));
        Assert.That(error.Site, Is.EqualTo("y"));
        Assert.That(error.Message, Does.Contain("EightSchools.Model failed after the site 'eta', on its way to 'y'"));
        Assert.That(error.Message, Does.Contain("8"));
        Assert.That(error.Message, Does.Contain("5"));
    }

    [Test]
    public void A_shape_that_the_models_own_code_cannot_read_names_the_site_before_and_after()
    {
        using var flips = tensor(1f);
        var svi = new SVI<TorchSharp.torch.Tensor>(
            CoinFlip.CompiledModel, CoinFlip.CompiledGuide, new Adam(), new ELBO(), new RunContext(new ParamStore(), seed: 1));
        var error = Assert.Throws<ModelException>(() => svi.Step(flips));
        Assert.That(error.Site, Is.EqualTo("obs"));
        Assert.That(error.Message, Does.Contain("CoinFlip.Model failed after the site 'fairness', on its way to 'obs'"));
        Assert.That(error.Message, Does.Contain("Check the shapes"));
    }

    private static IEnumerable<(int, int)> Edges(SiteGraph graph) => graph.Edges.Select(edge => (edge.From, edge.To));

    private static RunContext Fit<TArgs>(Program<TArgs> model, Program<TArgs> guide, TArgs args, int steps)
    {
        var context = new RunContext(new ParamStore(), seed: 7);
        var optimizer = new Adam();
        var svi = new SVI<TArgs>(model, guide, optimizer, new ELBO(), context);
        foreach (var rate in (double[])[0.05, 0.02, 0.005])
        {
            optimizer.LearningRate = rate;
            svi.Run(args, steps);
        }
        return context;
    }
}
