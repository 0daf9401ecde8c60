using Pyro;
using Pyro.Distributions;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace ProbCompiler.Samples;

/// <summary>
/// The effect of coaching on test scores in eight schools (Rubin 1981): each school's effect comes from a population whose mean and spread are
/// unknown as well. Written non-centred, theta = mu + tau · eta, so that the spread does not tie the effects together in the guide.
/// </summary>
public static partial class EightSchools
{
    [Model]
    public static void Model(Tensor effects, Tensor errors)
    {
        var mu = Sample("mu", new Normal(0f, 5f));
        var tau = Sample("tau", new HalfCauchy(0f, 5f));
        using (IArange("schools", effects.shape[0]))
        {
            var eta = Sample("eta", new Normal(0f, 1f));
            Observe("y", new Normal(mu + tau * eta, errors), effects);
        }
    }

    /// <summary>Mean field: one independent factor a latent, each with its own location and scale.</summary>
    [Guide(nameof(Model))]
    public static void Guide(Tensor effects, Tensor errors)
    {
        var schools = effects.shape[0];
        Sample("mu", new Normal(Param("mu_loc", 0f), Param("mu_scale", 1f, Constraints.Positive)));
        Sample("tau", new LogNormal(Param("tau_loc", 0f), Param("tau_scale", 1f, Constraints.Positive)));

        var etaLoc = Param("eta_loc", () => zeros(schools));
        var etaScale = Param("eta_scale", () => ones(schools), Constraints.Positive);
        using (IArange("schools", schools))
            Sample("eta", new Normal(etaLoc, etaScale));
    }
}
