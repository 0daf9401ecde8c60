using System.Collections.Immutable;
using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>An optimizer whose options may differ from parameter to parameter.</summary>
/// <typeparam name="TOptions">The options; those that derive from <see cref="OptimOptions"/> are checked.</typeparam>
public abstract class PyroOptim<TOptions> : PyroOptim
    where TOptions : class
{
    private readonly Dictionary<string, Given> _known = [];
    private readonly Func<StoredParam, TOptions>? _options;

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="options">The options.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is outside its range.</exception>
    protected PyroOptim(TOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options as OptimOptions)?.Check();
        Common = options;
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">
    /// Gives the options of a parameter, by its name, module and tags. Asked at its first step; again where its tags have changed since, or it is another parameter
    /// of the same name; and again after <see cref="PyroOptim.Clear"/>.
    /// </param>
    protected PyroOptim(Func<StoredParam, TOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>The options that all parameters have; null where each has its own.</summary>
    protected TOptions? Common { get; }

    /// <summary>Changes one parameter.</summary>
    /// <param name="options">The parameter's options.</param>
    /// <param name="leaf">What is changed in place.</param>
    /// <param name="gradient">Its gradient: contiguous, and not to be changed.</param>
    /// <param name="state">What is kept from step to step; its count includes this one.</param>
    /// <param name="factor">What the learning rate is multiplied with.</param>
    protected abstract void Change(TOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor);

    /// <inheritdoc/>
    protected sealed override void Prepare(StoredParam parameter)
    {
        if (Common is null && !(_known.TryGetValue(parameter.Name, out var given) && given.IsFor(parameter)))
            _known[parameter.Name] = new Given(parameter, Ask(parameter));
    }

    /// <inheritdoc/>
    protected sealed override void Change(StoredParam parameter, Tensor gradient, OptimState state, double factor) =>
        Change(Common ?? _known[parameter.Name].Options, parameter.Unconstrained, gradient, state, factor);

    private protected sealed override void ForgetOptions() => _known.Clear();

    private TOptions Ask(StoredParam parameter)
    {
        var options = _options!(parameter) ?? throw new ModelException(parameter.Name,
            $"The function of the options gives null for parameter '{parameter.Name}'. Nothing was changed. Give it options; a learning rate of 0 leaves it as it is.");
        try
        {
            (options as OptimOptions)?.Check();
            return options;
        }
        catch (ArgumentOutOfRangeException failure)
        {
            throw new ModelException(parameter.Name, $"The options of parameter '{parameter.Name}' cannot be used: {failure.Message} Nothing was changed.", failure);
        }
    }

    // Options, and what the function saw when it gave them. Sets of tags are never changed, but replaced.
    private sealed class Given(StoredParam parameter, TOptions options)
    {
        private readonly WeakReference<StoredParam> _parameter = new(parameter);
        private readonly ImmutableHashSet<string> _tags = parameter.TagSet;

        public TOptions Options { get; } = options;

        public bool IsFor(StoredParam other) => ReferenceEquals(_tags, other.TagSet) && _parameter.TryGetTarget(out var own) && ReferenceEquals(own, other);
    }
}
