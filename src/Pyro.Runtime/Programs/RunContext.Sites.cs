using Pyro.Distributions;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Programs;

public sealed partial class RunContext
{
    /// <summary>A random choice.</summary>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What it is drawn from. Inside vectorised plates a smaller one is expanded to them.</param>
    /// <returns>The value: shape batch + event.</returns>
    /// <exception cref="ModelException">The distribution does not fit its plates, or a parameter is outside its domain.</exception>
    public Tensor Sample(SiteHandle site, Distribution distribution)
    {
        var message = new Message(this, site, SiteKind.Latent) { Distribution = distribution };
        Apply(ref message);
        return message.Value!;
    }

    /// <summary>A random choice, with what inference is asked to do at it.</summary>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What it is drawn from. Inside vectorised plates a smaller one is expanded to them.</param>
    /// <param name="options">What is asked of inference.</param>
    /// <returns>The value: shape batch + event.</returns>
    /// <exception cref="ModelException">The distribution does not fit its plates, or a parameter is outside its domain.</exception>
    public Tensor Sample(SiteHandle site, Distribution distribution, SiteOptions options)
    {
        var message = new Message(this, site, SiteKind.Latent) { Distribution = distribution, Options = options };
        Apply(ref message);
        return message.Value!;
    }

    /// <summary>A random choice whose value may be given.</summary>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What it is drawn from.</param>
    /// <param name="obs">Its value, as for <see cref="Observe(SiteHandle, Distribution, Tensor)"/>; null to leave it to inference.</param>
    /// <param name="options">What is asked of inference where it is left to it.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ModelException">The shapes do not fit, or a value is outside its domain.</exception>
    public Tensor Sample(SiteHandle site, Distribution distribution, Tensor? obs, SiteOptions? options = null)
    {
        var message = new Message(this, site, obs is null ? SiteKind.Latent : SiteKind.Observed) { Distribution = distribution, Value = obs, Options = options };
        Apply(ref message);
        return message.Value!;
    }

    /// <summary>A random choice among values of any type.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What it is drawn from: one distribution, not a batch.</param>
    /// <param name="options">What is asked of inference; null for nothing.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ModelException">A parameter is outside its domain, or the site is in a vectorised plate and has several values.</exception>
    public T Sample<T>(SiteHandle site, Categorical<T> distribution, SiteOptions? options = null) where T : notnull
    {
        var value = Sample(site, distribution, obs: null, options);
        return value.numel() == 1 ? distribution.ValueOf(value) : throw new ModelException(site.Name,
            $"The site '{site.Name}' has {Shapes.Format(value.Sizes())} values here, and gives one. In a vectorised plate sample the numbers, as {nameof(Categorical<T>.Index)} " +
            $"gives them, and take {nameof(Categorical<T>.ValuesOf)} of them; or loop with IRange.");
    }

    /// <summary>A choice among values of any type that is given.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What it is thought to be drawn from.</param>
    /// <param name="value">The value.</param>
    /// <returns>The value, or what a handler has made of it: a prediction draws another.</returns>
    /// <exception cref="ModelException">It is none of the distribution's.</exception>
    public T Observe<T>(SiteHandle site, Categorical<T> distribution, T value) where T : notnull
    {
        var given = GivenValues.Encode(site.Name, distribution, value);
        var observed = Observe(site, distribution, given);
        return ReferenceEquals(given, observed) || observed.numel() != 1 ? value : distribution.ValueOf(observed);
    }

    /// <summary>Choices among values of any type that are given, one for each element of the innermost vectorised plate.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What they are thought to be drawn from.</param>
    /// <param name="values">The values.</param>
    /// <returns>The values, or what a handler has made of them: a prediction draws others.</returns>
    /// <exception cref="ModelException">One is none of the distribution's.</exception>
    public IReadOnlyList<T> Observe<T>(SiteHandle site, Categorical<T> distribution, IReadOnlyList<T> values) where T : notnull
    {
        var given = GivenValues.Encode(site.Name, distribution, values);
        var observed = Observe(site, distribution, given);
        return ReferenceEquals(given, observed) ? values : distribution.ValuesOf(observed);
    }

    /// <summary>A term of the log density that belongs to no random choice: a soft constraint, or a likelihood that is no distribution.</summary>
    /// <param name="site">The site.</param>
    /// <param name="logDensity">
    /// The term: one number, or one for each element of the vectorised plates, leftmost dimensions first. One number inside of plates is the term of each of their elements, as a
    /// single observation would be: it counts once for each, and for those that a subsample leaves out. A term of the whole belongs outside.
    /// </param>
    /// <exception cref="ModelException">The shape does not fit the plates.</exception>
    public void Factor(SiteHandle site, Tensor logDensity)
    {
        ArgumentNullException.ThrowIfNull(logDensity);
        var message = new Message(this, site, SiteKind.Observed) { Distribution = new Factor(logDensity), Value = logDensity };
        Apply(ref message);
    }

    /// <summary>Records a value under a name, so that traces and predictions have it. It has no log density.</summary>
    /// <param name="name">The name, unique in the run.</param>
    /// <param name="value">The value.</param>
    /// <returns>The value.</returns>
    public Tensor Deterministic(SiteHandle name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var message = new Message(this, name, SiteKind.Deterministic) { Value = value };
        Apply(ref message);
        return message.Value!;
    }

    /// <summary>A random choice whose value is given.</summary>
    /// <param name="site">The site.</param>
    /// <param name="distribution">What it is thought to be drawn from.</param>
    /// <param name="value">The value: of the distribution's shape, or with more dimensions on the left.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ModelException">The shapes do not fit, or the value is outside the support.</exception>
    public Tensor Observe(SiteHandle site, Distribution distribution, Tensor value)
    {
        if (value is null)
            throw new ModelException(site.Name,
                $"The site '{site.Name}' is observed to be null. Give it a tensor; {nameof(Sample)} takes null for obs where a site is left to inference.");
        var message = new Message(this, site, SiteKind.Observed) { Distribution = distribution, Value = value };
        Apply(ref message);
        return message.Value!;
    }

    /// <summary>A learnable parameter: what the store holds under this name, created when it is not there yet.</summary>
    /// <param name="site">The site.</param>
    /// <param name="initial">What it starts with; the store keeps a copy.</param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags when it is created; "default" where none is given.</param>
    /// <returns>The value, connected to the stored parameter for gradients.</returns>
    /// <exception cref="ModelException">The initial value is outside the constraint.</exception>
    public Tensor Param(SiteHandle site, Tensor initial, Constraint? constraint = null, string[]? tags = null) => ParamSite(site, initial ?? throw NoInitial(site), constraint, tags);

    /// <summary>A learnable scalar parameter of the default dtype.</summary>
    /// <param name="site">The site.</param>
    /// <param name="initial">What it starts with.</param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags when it is created; "default" where none is given.</param>
    /// <returns>The value: a 0-dim tensor, connected to the stored parameter for gradients.</returns>
    /// <exception cref="ModelException">The initial value is outside the constraint.</exception>
    public Tensor Param(SiteHandle site, double initial, Constraint? constraint = null, string[]? tags = null) => ParamSite(site, initial, constraint, tags);

    /// <summary>A learnable parameter whose initial value is made only when it is needed.</summary>
    /// <param name="site">The site.</param>
    /// <param name="initial">Gives what it starts with.</param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags when it is created; "default" where none is given.</param>
    /// <returns>The value, connected to the stored parameter for gradients.</returns>
    /// <exception cref="ModelException">The initial value is outside the constraint.</exception>
    public Tensor Param(SiteHandle site, Func<Tensor> initial, Constraint? constraint = null, string[]? tags = null) =>
        ParamSite(site, initial ?? throw NoInitial(site), constraint, tags);

    /// <summary>A learnable parameter that exists already.</summary>
    /// <param name="site">The site.</param>
    /// <returns>The value, connected to the stored parameter for gradients.</returns>
    /// <exception cref="ModelException">The store has no parameter of this name.</exception>
    public Tensor Param(SiteHandle site) => ParamSite(site, default, null, null);

    private static ModelException NoInitial(SiteHandle site) => new(site.Name,
        $"The initial value of the parameter '{site.Name}' is null. Give it a tensor, a number or a function; without an argument the parameter must exist.");

    private Tensor ParamSite(SiteHandle site, InitialValue initial, Constraint? constraint, string[]? tags)
    {
        var message = new Message(this, site, SiteKind.Param) { Initial = initial, Constraint = constraint, Tags = tags };
        Apply(ref message);
        return message.Value!;
    }

    /// <summary>What a site does when its handlers have said what they have to say.</summary>
    private void Act(ref Message message)
    {
        // Plates are no sites of the table, which tells what comes after one.
        if (message.Kind != SiteKind.Subsample)
            _last = message.Site;
        try
        {
            switch (message.Kind)
            {
                case SiteKind.Latent:
                    Draw(ref message);
                    break;
                case SiteKind.Observed:
                    Accept(ref message);
                    break;
                case SiteKind.Param:
                    Read(ref message);
                    break;
                case SiteKind.Subsample:
                    ChooseElements(ref message);
                    break;
                case SiteKind.Deterministic:
                    break;
            }
            if (message.Kind != SiteKind.Subsample)
                _operands.Add(message.Name, message.Value);
            if (_given.Count > 0)
                _acted.Add(message.Name);
        }
        catch (Exception failure) when (Note(failure))
        {
            throw;
        }
    }

    /// <summary>Keeps what went wrong at the last site, and lets it pass: the program may catch it, and fail elsewhere.</summary>
    private bool Note(Exception failure)
    {
        _failureOfLast = failure;
        return false;
    }

    private void Draw(ref Message message)
    {
        var distribution = message.Distribution!;
        _hasLatent = true;
        if (message.Value is null)
        {
            Domains.CheckDrawn(message.Name, distribution);
            message.Distribution = distribution = PlateShapes.Expand(message.Name, distribution, message.Plate);
            message.Value = distribution.Sample(GetGenerator(distribution.Leading));
        }
        else
        {
            message.Distribution = PlateShapes.Fit(message.Name, distribution, message.Value, message.Plate);
            Domains.CheckScored(message.Name, message.Distribution, message.Mask, message.Plate);
        }
    }

    private void Accept(ref Message message)
    {
        PlateShapes.FitObserved(ref message);
        if (message.Distribution is Factor)
            return;
        Domains.CheckScored(message.Name, message.Distribution!, message.Mask, message.Plate);
        // A support that latents may have a part in leaves the value out in some runs: their weight is zero. NaN and infinities are in none.
        if (message.Outside is null || !_hasLatent)
            Domains.CheckValue(message.Name, message.Distribution!, message.Value!, message.Mask, message.Plate);
        else if (Domains.FindOutside(message.Name, message.Distribution!, message.Value!, message.Mask, message.Plate) is { } found)
            message.Outside.Add(message.Name, found);
    }

    private void Read(ref Message message)
    {
        if (message.Value is not null)
        {
            CheckGiven(in message);
            return;
        }
        string[] tags = [.. message.Tags ?? []];
        var parameter = message.Adopted is { } own
            ? Store.GetOrAdopt(message.Name, own, out var created, tags)
            : Store.GetOrCreate(message.Name, message.Initial, message.Constraint, out created, tags);
        if (created)
            _created.Add(parameter);
        message.Parameter = parameter;
        message.Value = parameter.Value();
        if (!created)
            Domains.CheckParam(parameter, message.Value);
    }

    /// <summary>Checks what a handler gives a parameter against what the program says of it.</summary>
    private static void CheckGiven(in Message message)
    {
        var value = message.Value!;
        if (message.Initial.Shape is { } shape && !value.Sizes().AsSpan().SequenceEqual(shape))
            throw new ModelException(message.Name,
                $"The parameter '{message.Name}' is given a value of shape {Shapes.Format(value.Sizes())} by a handler and has shape {Shapes.Format(shape)}. Give it one of its own shape.");
        if (message.Constraint is { } constraint)
            Domains.CheckGiven(message.Name, constraint, value);
    }
}
