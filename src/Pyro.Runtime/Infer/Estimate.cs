using Pyro.Kernels;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// One sample's estimate of the loss and of its gradient. Where sites are enumerated it is the sum over the runs that they need.
/// </summary>
/// <param name="graph">Which dependencies between sites count.</param>
/// <param name="how">How discrete sites of the guide are enumerated that do not say so themselves.</param>
internal sealed class Estimate(GraphType graph, Enumerate how)
{
    private readonly TracePair _pair = new();
    private readonly Costs _costs = new();
    private readonly DirectEdges _edges = new();
    private readonly ScoreFunction _scores = new();
    private readonly Baselines _baselines = new();
    private bool _enumerates = how != Enumerate.No;
    private readonly RootGradients _gradients = new();

    /// <summary>Runs one particle, and adds its share of the gradient to the trained parameters where these are wanted.</summary>
    public double Particle<TArgs>(
        RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet? trained, double weight)
    {
        try
        {
            var loss = Forward(context, model, guide, args, trained);
            if (trained is not null)
                Backward(weight);
            return loss;
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Runs one particle up to the run of the engine, whose terms are kept until <see cref="Clear"/>.</summary>
    public double Forward<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet? trained)
    {
        _baselines.Store = context.Store;
        try
        {
            return Runs(context, model, guide, args, trained);
        }
        catch (Exception failure) when (Trace.IsOfDisposed(failure))
        {
            _pair.Guide.CheckAlive(guide.Name);
            _pair.Model.CheckAlive(model.Name);
            throw;
        }
    }

    private double Runs<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet? trained)
    {
        if (!_enumerates)
        {
            (string Device, Tensor State)[] random = MayAsk(guide.Sites) ? [.. context.RandomStates()] : [];
            _pair.Run(context, model, guide, args);
            if (_pair.AsksForEnumeration is not { } asking)
                return Add(model.Graph, guide.Graph, trained, null);
            if (graph == GraphType.Flat)
                throw new ModelException(asking,
                    $"The site '{asking}' asks to be enumerated, and {nameof(GraphType)}.{nameof(GraphType.Flat)} does not say what it can influence. Leave the graph as it is, or " +
                    $"give {nameof(GraphType)}.{nameof(GraphType.Dense)}.");
            // The run that only asked has not been: a new process, which asks again, goes on with the same numbers.
            foreach (var (device, state) in random)
                context.SetRandomState(device, state);
            _enumerates = true;
        }
        var enumerate = new EnumeratePoutine(how) { SharesScope = true };
        var loss = 0.0;
        do
        {
            _pair.Run(context, model, guide, args, enumerate);
            loss += Add(model.Graph, guide.Graph, trained, enumerate);
        }
        while (enumerate.Next());
        return loss;
    }

    /// <summary>Whether a site may ask to be enumerated: one of a program whose sites are known only when it runs, or one that can be.</summary>
    private static bool MayAsk(SiteTable sites)
    {
        for (var i = 0; i < sites.Count; i++)
            if (sites[i].Enumerable)
                return true;
        return sites.Count == 0;
    }

    /// <summary>Adds the gradients of one run to those that are collected, and gives its loss.</summary>
    private double Add(SiteGraph model, SiteGraph guide, ParamSet? trained, EnumeratePoutine? enumerate)
    {
        trained?.AddFrom(_pair.Guide);
        trained?.AddFrom(_pair.Model);
        var branch = enumerate?.Any == true ? new Branch(_pair, enumerate) : null;
        var gradients = trained is null ? null : _gradients;
        _costs.Collect(_pair, branch, gradients);
        var scores = gradients is not null && _costs.HasScores;
        if (graph != GraphType.Flat && (scores || branch is not null))
            _edges.Find(_pair, graph == GraphType.Static ? model : SiteGraph.Empty, graph == GraphType.Static ? guide : SiteGraph.Empty);
        branch?.CheckSeparable(_costs, _edges);

        var values = _costs.Values();
        var loss = values.Sum();
        if (!double.IsFinite(loss))
            throw NotFinite();
        if (scores)
            _scores.Add(_pair, graph == GraphType.Flat ? null : _edges, _costs, values, _baselines, branch, gradients!);
        return loss;
    }

    /// <summary>Adds the particle's share of the gradient to the parameters that the forward part has met.</summary>
    public void Backward(double weight)
    {
        if (_baselines.Loss is { } loss)
            _gradients.Add(loss);
        _gradients.Backward(weight);
        using (no_grad())
            _baselines.Move();
    }

    /// <summary>Forgets the particle.</summary>
    public void Clear()
    {
        _pair.Clear();
        _costs.Clear();
        _baselines.Clear();
        _gradients.Clear();
    }

    private ModelException NotFinite()
    {
        // Only now is it worth reading every parameter and value: the first site at fault is the one to name.
        foreach (var cost in _costs.All)
        {
            var density = Scalars.ToDouble(cost.Term) / cost.Weight;
            if (double.IsFinite(density))
                continue;
            var (trace, where) = cost.IsGuide ? (_pair.Guide, "guide") : (_pair.Model, "model");
            ref readonly var site = ref trace.Entries[cost.Index];
            Domains.CheckThoroughly(site.Name, site.Distribution!, site.Value!, site.Mask, site.Plate);
            return new ModelException(site.Name,
                $"The log density of site '{site.Name}' in the {where} ({site.Distribution!.Name}) is {Distributions.Numbers.Format(density)}, so the loss is " +
                "not finite. Give the guide's site a support inside the model's, start the parameters elsewhere, or lower the learning rate.");
        }
        return new ModelException(null, "The loss is not finite, though each site's log density is: their sum or scale overflows. Lower the scales.");
    }
}
