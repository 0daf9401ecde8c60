using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>One sample's estimate of the loss, and the surrogate whose gradient is the estimate of the loss's gradient.</summary>
internal sealed class Estimate
{
    private readonly TracePair _pair = new();
    private readonly Costs _costs = new();

    /// <summary>Runs one particle, and adds its share of the gradient to the trained parameters where these are wanted.</summary>
    public double Particle<TArgs>(
        RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet? trained, double weight)
    {
        try
        {
            _pair.Run(context, model, guide, args);
            _costs.Collect(_pair);
            var total = _costs.Sum(_costs.All);
            var loss = total is null ? 0 : Scalars.ToDouble(total);
            if (!double.IsFinite(loss))
                throw NotFinite(_pair);
            if (trained is not null)
                Backward(model, guide, total, trained, weight);
            return loss;
        }
        finally
        {
            _pair.Clear();
            _costs.Clear();
        }
    }

    private void Backward<TArgs>(Program<TArgs> model, Program<TArgs> guide, Tensor? total, ParamSet trained, double weight)
    {
        trained.AddFrom(_pair.Guide);
        trained.AddFrom(_pair.Model);
        var surrogate = _costs.HasScores ? ScoreFunction.Surrogate(_pair, _costs, model.Graph, guide.Graph) : total;
        if (surrogate is null || !surrogate.requires_grad)
            return;
        (weight == 1 ? surrogate : surrogate * weight).backward();
    }

    private static ModelException NotFinite(TracePair pair)
    {
        // Only now is it worth reading every parameter and value: the first site at fault is the one to name.
        foreach (var (trace, where) in new[] { (pair.Guide, "guide"), (pair.Model, "model") })
        {
            for (var i = 0; i < trace.Entries.Length; i++)
            {
                ref readonly var site = ref trace.Entries[i];
                if (!site.IsStochastic)
                    continue;
                var density = Scalars.ToDouble(site.LogPdf());
                if (double.IsFinite(density))
                    continue;
                Domains.CheckThoroughly(site.Name, site.Distribution!, site.Value!);
                return new ModelException(site.Name,
                    $"The log density of site '{site.Name}' in the {where} ({site.Distribution!.Name}) is {Distributions.Numbers.Format(density)}, so the loss is " +
                    "not finite. Give the guide's site a support inside the model's, start the parameters elsewhere, or lower the learning rate.");
            }
        }
        return new ModelException(null, "The loss is not finite, though each site's log density is: their sum or scale overflows. Lower the scales.");
    }
}
