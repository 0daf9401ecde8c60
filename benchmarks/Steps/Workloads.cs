using ProbCompiler.Samples;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>What is timed: each gives its step.</summary>
internal static class Workloads
{
    /// <summary>The workloads, with how many steps a block of each has.</summary>
    internal static readonly (string Name, int Block, Func<Action> Prepare)[] All =
    [
        ("CoinFlip", 200, CoinFlipSteps),
        ("EightSchools", 200, EightSchoolsSteps),
        ("Chain", 20, ChainSteps),
        ("Vae", 10, VaeSteps),
    ];

    private static Action CoinFlipSteps()
    {
        var flips = cat([ones(140), zeros(110)]);
        var svi = new SVI<Tensor>(CoinFlip.CompiledModel, CoinFlip.CompiledGuide, new Adam(lr: 0.01), new ELBO(), new RunContext(new ParamStore()));
        return () => svi.Step(flips);
    }

    private static Action EightSchoolsSteps()
    {
        var (effects, errors) = (tensor([28f, 8, -3, 7, -1, 1, 18, 12]), tensor([15f, 10, 16, 11, 9, 11, 10, 18]));
        var svi = new SVI<(Tensor effects, Tensor errors)>(
            EightSchools.CompiledModel, EightSchools.CompiledGuide, new Adam(lr: 0.01), new ELBO(), new RunContext(new ParamStore()));
        return () => svi.Step((effects, errors));
    }

    private static Action ChainSteps()
    {
        var x = (arange(20, dtype: ScalarType.Float32) * 1.7).sin();
        var svi = new SVI<Tensor>(Chain.CompiledModel, Chain.CompiledGuide, new Adam(lr: 0.01), new ELBO(), new RunContext(new ParamStore()));
        return () => svi.Step(x);
    }

    private static Action VaeSteps()
    {
        var images = (rand(256, 784) > 0.8).to_type(ScalarType.Float32);
        var (encoder, decoder) = (new Encoder(), new Decoder());
        var svi = new SVI<(Tensor images, Encoder encoder, Decoder decoder)>(
            Vae.CompiledModel, Vae.CompiledGuide, new Adam(lr: 1e-3), new ELBO(), new RunContext(new ParamStore()));
        return () => svi.Step((images, encoder, decoder));
    }
}
