using Pyro.Distributions;
using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// What a site tells the handlers around it and what they answer: one struct on the stack, passed by reference from the innermost handler outwards
/// and back.
/// </summary>
public struct Message
{
    internal Message(RunContext context, SiteHandle site, SiteKind kind)
    {
        Context = context;
        Site = site;
        Kind = kind;
        Plate = context.Plate;
        Scale = Plate?.CumulativeScale ?? 1;
    }

    /// <summary>The run.</summary>
    public RunContext Context { get; }

    /// <summary>Which site.</summary>
    public SiteHandle Site { get; }

    /// <summary>The site's name.</summary>
    public readonly string Name => Site.Name;

    /// <summary>What happens at the site. A handler that gives a latent site's value as data makes it observed.</summary>
    public SiteKind Kind { get; set; }

    /// <summary>The distribution of a latent or observed site.</summary>
    public Distribution? Distribution { get; set; }

    /// <summary>The value. Where a handler sets it before the site acts, the site takes it instead of making its own.</summary>
    public Tensor? Value { get; set; }

    /// <summary>The factor of the site's log density: the plates' and those of handlers.</summary>
    public double Scale { get; set; }

    /// <summary>Which elements of the log density count, as booleans, or what they weigh, as numbers from 0: a tensor that broadcasts to it; null for one everywhere.</summary>
    public Tensor? Mask { get; set; }

    /// <summary>The innermost plate that the site is in, or null.</summary>
    public PlateScope? Plate { get; private set; }

    /// <summary>What the program asks of inference at this site, or null.</summary>
    public SiteOptions? Options { get; set; }

    /// <summary>Set to hide the site from all handlers outside the one that sets it.</summary>
    public bool Stop { get; set; }

    /// <summary>For a parameter: what it starts with.</summary>
    public InitialValue Initial { get; set; }

    /// <summary>For a parameter: where its values lie, or null where the program does not say.</summary>
    public Constraint? Constraint { get; set; }

    /// <summary>For a parameter: its tags; null for the default.</summary>
    public IReadOnlyList<string>? Tags { get; set; }

    /// <summary>For a parameter of a module: the module's tensor, which the stored parameter becomes.</summary>
    internal Tensor? Adopted { get; set; }

    /// <summary>Whether the value is one that somebody wrote down, by <see cref="Handlers.Substitute{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, Tensor}, bool)"/>.</summary>
    internal bool IsSubstituted { get; set; }

    /// <summary>Where a run is weighed: what is told of an observation that is outside of its support, which makes the weight zero. Null where that is an error.</summary>
    internal OutsidePoutine? Outside { get; set; }

    /// <summary>For a site that was a parameter: the handler that gave it a prior.</summary>
    internal LiftPoutine? LiftedBy { get; set; }

    /// <summary>For a parameter: what the store holds, once the site has acted.</summary>
    public StoredParam? Parameter { get; set; }

    /// <summary>For the choice of a plate's elements: how many there are.</summary>
    public long PlateSize { get; set; }

    /// <summary>For the choice of a plate's elements: how many are asked for, or null where the program leaves it to its guide.</summary>
    public long? PlateCount { get; set; }

    /// <summary>Takes the site out of its plates: what is one for the whole program, wherever it is written.</summary>
    internal void LeavePlates()
    {
        Scale /= Plate?.CumulativeScale ?? 1;
        Plate = null;
    }
}
