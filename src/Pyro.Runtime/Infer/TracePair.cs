using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Infer;

/// <summary>A run of the guide and one of the model with the guide's values. Kept from step to step, it allocates nothing.</summary>
internal sealed class TracePair
{
    private readonly TracePoutine _traceGuide;
    private readonly TracePoutine _traceModel;
    private readonly ReplayPoutine _replay;

    public TracePair()
    {
        _traceGuide = new TracePoutine(Guide);
        _traceModel = new TracePoutine(Model);
        _replay = new ReplayPoutine(Guide);
    }

    public Trace Guide { get; } = new();

    public Trace Model { get; } = new();

    /// <summary>The first discrete site of the guide that asks to be enumerated; null for none.</summary>
    public string? AsksForEnumeration
    {
        get
        {
            foreach (ref readonly var site in Guide.Entries)
                if (site is { Kind: SiteKind.Latent, Options.Enumerate: not (null or Enumerate.No), Distribution.Enumerable: true })
                    return site.Name;
            return null;
        }
    }

    /// <summary>Runs both, and makes sure that they have the same latent sites.</summary>
    public void Run<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, EnumeratePoutine? enumerate = null)
    {
        Clear();
        using (context.Push(_traceGuide))
        {
            if (enumerate is not null)
                context.Push(enumerate);
            context.Execute(guide, args);
        }
        using (context.Push(_traceModel))
        using (context.Push(_replay))
            context.Execute(model, args);
        Match(model.Name, guide.Name);
    }

    public void Clear()
    {
        Guide.Clear();
        Model.Clear();
    }

    /// <summary>The first site of the guide that the model is not to have; null for none.</summary>
    public string? Auxiliary
    {
        get
        {
            foreach (ref readonly var site in Guide.Entries)
                if (site is { Kind: SiteKind.Latent, Options.IsAuxiliary: true })
                    return site.Name;
            return null;
        }
    }

    /// <summary>What is said of a site that only the guide has.</summary>
    public static ModelException NotInModel(string site, string model, string guide) => new(site,
        $"The guide {guide} samples '{site}', which is no latent site of the model {model}. Remove it, give it the model's name, or, where other sites " +
        $"of the guide follow from it, say so by {nameof(SiteOptions)}.{nameof(SiteOptions.IsAuxiliary)}.");

    // A family of the guide that ran as one may be members one by one in the model.
    private bool Matches(in TraceSite site)
    {
        if (site.Members == 0 || Model.TryFindEntry(site.Name, out _))
            return Model.TryFind(site.Name, out var other) && other.Kind == SiteKind.Latent;
        for (var position = 0; position < site.Members; position++)
            if (!Model.TryFind(site.Member(position).Name, out var member) || member.Kind != SiteKind.Latent)
                return false;
        return true;
    }

    private void Match(string model, string guide)
    {
        for (var i = 0; i < Guide.Entries.Length; i++)
        {
            ref readonly var site = ref Guide.Entries[i];
            if (site.Kind == SiteKind.Observed)
                throw new ModelException(site.Name,
                    $"The guide {guide} observes '{site.Name}'. A guide has no data: move the observation to the model {model}, " +
                    "or, if the two were given the wrong way round, give the model first.");
            if (site.Kind == SiteKind.Latent && !Matches(in site) && site.Options?.IsAuxiliary != true)
                throw NotInModel(site.Name, model, guide);
            if (site.Kind == SiteKind.Latent && site.Options?.IsAuxiliary == true && Model.Contains(site.Name))
                throw new ModelException(site.Name,
                    $"The guide {guide} says that '{site.Name}' is auxiliary, and the model {model} has a site of that name. Give it another name, or leave the option out.");
            if (site.Kind == SiteKind.Subsample && site.Value is not null && !Model.Contains(site.Name))
                throw new ModelException(site.Name,
                    $"The guide {guide} subsamples the plate '{site.Name}', which the model {model} does not have. Give both the same plates.");
        }
        for (var i = 0; i < Model.Entries.Length; i++)
        {
            ref readonly var site = ref Model.Entries[i];
            if (site.Kind == SiteKind.Latent && !Guide.Contains(site.Name))
                throw new ModelException(site.Name,
                    $"The model {model} samples '{site.Name}', which the guide {guide} does not. Add Sample(\"{site.Name}\", …) to the guide, " +
                    $"with a distribution on {site.Distribution!.Support.Description}.");
        }
    }
}
