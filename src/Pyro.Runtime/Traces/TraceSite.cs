using Pyro.Distributions;
using Pyro.Kernels;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Traces;

/// <summary>One site as a run met it.</summary>
public readonly struct TraceSite
{
    private readonly int _position = -1;

    internal TraceSite(in Message message)
    {
        Site = message.Site;
        Kind = message.Kind;
        Distribution = message.Distribution;
        Value = message.Value;
        Scale = message.Scale;
        Mask = message.Mask;
        Plate = message.Plate;
        Parameter = message.Parameter;
        Options = message.Options;
        PlateSize = message.PlateSize;
        PlateCount = message.PlateCount ?? message.PlateSize;
    }

    /// <summary>A site that no run has met.</summary>
    internal TraceSite(string name, SiteKind kind, Tensor? value, Distribution? distribution, double scale)
    {
        Site = name;
        (Kind, Value, Distribution, Scale) = (kind, value, distribution, scale);
    }

    /// <summary>One member of a family that ran as one.</summary>
    /// <param name="family">The family.</param>
    /// <param name="position">Which of the iterations.</param>
    private TraceSite(in TraceSite family, int position)
    {
        this = family;
        _position = position;
        Site = family.Site.Site!.At(family.Plate!.Element(position));
        Value = family.Value![position];
        Plate = family.Plate.Iterating(position);
        _family = family.Value;
    }

    private readonly Tensor? _family;

    /// <summary>Which site.</summary>
    public SiteHandle Site { get; }

    /// <summary>The name.</summary>
    public string Name => Site.Name;

    /// <summary>What happened there.</summary>
    public SiteKind Kind { get; }

    /// <summary>The distribution of a latent or observed site; of a member whose family ran as one, that of the whole family.</summary>
    public Distribution? Distribution { get; }

    /// <summary>The value; null only for a plate of which every element was visited.</summary>
    public Tensor? Value { get; }

    /// <summary>The value as the program has it: of the type that the distribution is over, a tensor for most.</summary>
    /// <typeparam name="T">That type; an array of it where the site has several values.</typeparam>
    /// <exception cref="InvalidOperationException">The site has no value of that type.</exception>
    public T ValueAs<T>() => Held is T value ? value : throw new InvalidOperationException(
        $"The site '{Name}' has {(Held is { } held ? $"a value of the type {held.GetType().Name}" : "no value")}, and {typeof(T).Name} is asked for.");

    /// <summary>The value as the program has it.</summary>
    internal object? Held => Value is { } value && Distribution is { } distribution ? distribution.Decode(value) : Value;

    /// <summary>The factor of the log density.</summary>
    public double Scale { get; }

    /// <summary>Which elements of the log density count, or what they weigh; null for one everywhere.</summary>
    public Tensor? Mask { get; }

    /// <summary>The innermost plate, or null.</summary>
    public PlateScope? Plate { get; }

    /// <summary>What the program asks of inference at this site, or null.</summary>
    public SiteOptions? Options { get; }

    /// <summary>The stored parameter of a param site.</summary>
    public StoredParam? Parameter { get; }

    /// <summary>For a plate: how many elements it has.</summary>
    public long PlateSize { get; }

    /// <summary>For a plate: how many elements were visited.</summary>
    public long PlateCount { get; }

    /// <summary>Whether the site has a log density: it is latent or observed.</summary>
    public bool IsStochastic => Kind is SiteKind.Latent or SiteKind.Observed;

    /// <summary>How many members of a family this stands for; 0 when it is a site by itself.</summary>
    internal int Members => _position < 0 && Plate is { Vectorized: true, Plate.Vectorized: false } && IsStochastic ? (int)Plate.Count : 0;

    /// <summary>The member of the family at a position.</summary>
    internal TraceSite Member(int position) => new(in this, position);

    /// <summary>The log density of the value, element by element as <see cref="Distribution.LogProb"/> gives it, with the mask and without the scale.</summary>
    /// <exception cref="InvalidOperationException">The site has no log density, or comes from a file.</exception>
    public Tensor LogProb() => Reduced(new Reduction(Reduction.All, Fitted));

    /// <summary>
    /// The log density of the value, one number a batch element, with the mask and without the scale. Inside vectorised plates the batch is theirs: one number
    /// an element of the plates, summed over all other dimensions.
    /// </summary>
    /// <returns>A tensor of shape batch + (1,); inside vectorised plates of their sizes, outermost first, + (1,).</returns>
    /// <exception cref="InvalidOperationException">The site has no log density, or comes from a file.</exception>
    public Tensor BatchLogPdf()
    {
        if (Plate is { Depth: > 0 and var depth })
            return Reduced(new Reduction(depth, Fitted)).expand(PlateShapes.Sized([], Plate)).unsqueeze(-1);
        return Scored.OneABatchElement(LogProb());
    }

    /// <summary>The log density of the value, summed over all elements and plates, with the mask and without the scale: a 0-dim tensor.</summary>
    /// <exception cref="InvalidOperationException">The site has no log density, or comes from a file.</exception>
    public Tensor LogPdf() => LogPdf(1);

    /// <summary>The log density of the value, summed over all elements and plates and multiplied with a weight: a 0-dim tensor.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="gradients">Takes its derivatives, as far as they are known with it; null where others build on it.</param>
    internal Tensor LogPdf(double weight, RootGradients? gradients = null)
    {
        if (Plate is null)
            return Reduced(new Reduction(0, Fitted, weight, gradients));
        var shape = DensityShape;
        var mask = Fitted;
        var copies = PlateShapes.Copies(mask is null ? shape : Shapes.Broadcast(shape, mask.Sizes()), Plate);
        return Reduced(new Reduction(0, mask, weight * copies, gradients));
    }

    /// <summary>The log density of the value, element by element, and 0 for elements of the plates that do not count; no gradient flows through these.</summary>
    /// <param name="counts">Which elements count: one dimension a vectorised plate, outermost first.</param>
    internal Tensor LogProb(Tensor counts)
    {
        var density = DensityShape;
        long[] shape = [.. counts.Sizes(), .. Enumerable.Repeat(1L, Math.Max(0, density.Length - (int)counts.dim()))];
        var mask = Masks.Fit(Name, counts.reshape(shape), density, Plate);
        return Reduced(new Reduction(Reduction.All, Fitted is { } own ? Reduction.Both(own, mask) : mask));
    }

    /// <summary>The log density of the value, whatever the masks: that of what was drawn.</summary>
    internal Tensor ScoreLogProb() => Distribution!.Unmasked.LogDensity(Value!);

    /// <summary>The same, summed over everything and multiplied with a weight: a 0-dim tensor.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="gradients">Takes its derivatives, as far as they are known with it.</param>
    internal Tensor ScoreLogPdf(double weight, RootGradients gradients) => Distribution!.Unmasked.LogDensity(Value!, new Reduction(0, null, weight, gradients));

    /// <summary>The same, and 0 for elements that do not count; no gradient flows through these.</summary>
    /// <param name="counts">Which elements count, in the shape of the log density.</param>
    internal Tensor ScoreLogProb(Tensor counts) => Distribution!.Unmasked.LogDensity(Value!, new Reduction(Reduction.All, counts));

    /// <summary>The distribution of a latent or observed site.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    internal Distribution Scored => Distribution ?? throw new InvalidOperationException(IsStochastic
        ? $"The site '{Name}' comes from a file and has no distribution. Replay the trace through its program to have log densities."
        : $"'{Name}' is a {Trace.Noun(Kind)} and has no log density. Latent and observed sites have one.");

    private long[] DensityShape
    {
        get
        {
            var rank = Scored.EventRank;
            return Value!.Sizes()[..^rank];
        }
    }

    private Tensor? Fitted => Mask is null ? null : Masks.Fit(Name, Mask, DensityShape, Plate);

    // The distribution of a family's member is that of all of them.
    private Tensor Reduced(in Reduction reduction) =>
        _family is null ? Scored.LogDensity(Value!, in reduction) : reduction.Of(Scored.LogDensity(_family)[_position]);
}
