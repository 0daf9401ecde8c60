using Pyro;
using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;
using Linear = TorchSharp.Modules.Linear;

namespace ProbCompiler.Benchmarks;

/// <summary>The encoder of the variational autoencoder: 784 – 400 – (50, 50).</summary>
public sealed partial class Encoder : nn.Module<Tensor, (Tensor Loc, Tensor Scale)>
{
    private readonly Linear hidden = nn.Linear(784, 400);
    private readonly Linear loc = nn.Linear(400, 50);
    private readonly Linear scale = nn.Linear(400, 50);

    public Encoder()
        : base(nameof(Encoder)) => RegisterComponents();

    public override (Tensor Loc, Tensor Scale) forward(Tensor image)
    {
        var features = nn.functional.softplus(hidden.forward(image));
        return (loc.forward(features), scale.forward(features).exp());
    }
}

/// <summary>Its decoder: 50 – 400 – 784.</summary>
public sealed partial class Decoder : nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden = nn.Linear(50, 400);
    private readonly Linear output = nn.Linear(400, 784);

    public Decoder()
        : base(nameof(Decoder)) => RegisterComponents();

    public override Tensor forward(Tensor z) => output.forward(nn.functional.softplus(hidden.forward(z)));
}

/// <summary>A variational autoencoder for binary images (Kingma and Welling, "Auto-encoding variational Bayes", 2014).</summary>
public static partial class Vae
{
    [Model]
    public static void Model(Tensor images, Encoder encoder, Decoder decoder)
    {
        Module("decoder", decoder);
        using (IArange("images", images.shape[0]))
        {
            var z = Sample("z", new Normal(zeros(images.shape[0], 50), ones(images.shape[0], 50)).ToEvent(1));
            Observe("x", new Bernoulli(logits: decoder.forward(z)).ToEvent(1), images);
        }
    }

    [Guide(nameof(Model))]
    public static void Guide(Tensor images, Encoder encoder, Decoder decoder)
    {
        Module("encoder", encoder);
        var (loc, scale) = encoder.forward(images);
        using (IArange("images", images.shape[0]))
            Sample("z", new Normal(loc, scale).ToEvent(1));
    }
}

/// <summary>A chain of twenty discrete states, whose gradients are score-function estimates with decaying-average baselines.</summary>
public static partial class Chain
{
    [Model]
    public static void Model(Tensor x)
    {
        var z = Sample("z_0", new Bernoulli(logits: 0f));
        Observe("x_0", new Normal(2 * z - 1, 1f), x[0]);
        for (var t = 1; t < 20; t++)
        {
            z = Sample($"z_{t}", new Bernoulli(logits: 1.7f * (2 * z - 1)));
            Observe($"x_{t}", new Normal(2 * z - 1, 1f), x[t]);
        }
    }

    [Guide(nameof(Model))]
    public static void Guide(Tensor x)
    {
        var a = Param("a", () => zeros(20));
        var b = Param("b", () => zeros(20));
        var z = Sample("z_0", new Bernoulli(logits: a[0]), new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true, Beta = 0.9 } });
        for (var t = 1; t < 20; t++)
            z = Sample($"z_{t}", new Bernoulli(logits: a[t] + b[t] * z), new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true, Beta = 0.9 } });
    }
}
