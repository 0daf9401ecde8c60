using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>The values of a run's sites. Handlers take them as far as they go, other than those that somebody wrote down.</summary>
internal sealed class RunValues : Dictionary<string, Tensor>
{
    /// <summary>The values of a run's latent and observed sites.</summary>
    public static RunValues Of(Trace trace)
    {
        var values = new RunValues();
        foreach (var site in trace)
            if (site.IsStochastic)
                values.Add(site.Name, site.Value!);
        return values;
    }
}
