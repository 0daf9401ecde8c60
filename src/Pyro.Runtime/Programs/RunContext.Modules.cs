using Pyro.Distributions;
using Pyro.Nn;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Programs;

public sealed partial class RunContext
{
    /// <summary>
    /// Registers a module's parameters and buffers, each under the module's name, "$$$" and its own: parameters are trained, and all are saved and loaded with the store. Where
    /// the store has them already, the module takes the store's values.
    /// </summary>
    /// <typeparam name="TModule">The module's type.</typeparam>
    /// <param name="name">The module's name.</param>
    /// <param name="module">The module, which must live as long as it is trained.</param>
    /// <param name="tags">The parameters' tags; "default" where none is given.</param>
    /// <returns>The module.</returns>
    /// <exception cref="ModelException">
    /// The store has a parameter or buffer of such a name and another shape, or a handler gives a parameter a value (a prior, a substitute), which the module would not compute with.
    /// </exception>
    public TModule Module<TModule>(string name, TModule module, params string[] tags)
        where TModule : nn.Module
    {
        ArgumentNullException.ThrowIfNull(module);
        RegisterBuffers(name, module);
        foreach (var (full, parameter) in ModuleParameters.Of(name, module))
        {
            var message = new Message(this, full, SiteKind.Param) { Initial = parameter, Adopted = parameter, Tags = tags };
            Apply(ref message);
            if (message.Parameter is null)
                throw new ModelException(full,
                    $"A handler gives the parameter '{full}' a value, and the module '{name}' computes with its own. Write {nameof(RandomModule)} in place of " +
                    $"{nameof(Module)} and call what it gives; or leave the parameter out of what the handler gives.");
        }
        return module;
    }

    /// <summary>
    /// A module with values in the place of its parameters, with a prior on each: latent sites, named as <see cref="Module"/> names parameters. The module itself is not changed:
    /// call what this gives, or compute with the values, by <c>nn.functional</c>.
    /// </summary>
    /// <param name="name">The module's name.</param>
    /// <param name="module">The module, whose parameters give names and shapes.</param>
    /// <param name="prior">The prior of all parameters; repeated to a parameter's shape where it is smaller.</param>
    /// <returns>The module with the values, which can be called, and has them by the parameters' names in the module.</returns>
    public SampledModule RandomModule(string name, nn.Module module, Distribution prior) => Lifted(name, module, new LiftPoutine(prior));

    /// <inheritdoc cref="RandomModule(string, nn.Module, Distribution)"/>
    /// <param name="name">The module's name.</param>
    /// <param name="module">The module, whose parameters give names and shapes.</param>
    /// <param name="priors">The priors by the parameters' names in the module; those without one are learned.</param>
    /// <exception cref="ModelException">A prior is for no parameter of the module, or does not fit its shape.</exception>
    public SampledModule RandomModule(string name, nn.Module module, IReadOnlyDictionary<string, Distribution> priors)
    {
        var values = Lifted(name, module, new LiftPoutine(priors));
        foreach (var prior in priors.Keys)
            if (!values.ContainsKey(prior) && !values.Keys.Any(path => ModuleParameters.NameOf(name, path) == prior))
                throw new ModelException(name,
                    $"The module '{name}' has no parameter '{prior}', for which there is a prior. It has: {string.Join(", ", values.Keys)}.");
        return values;
    }

    /// <inheritdoc cref="RandomModule(string, nn.Module, Distribution)"/>
    /// <param name="name">The module's name.</param>
    /// <param name="module">The module, whose parameters give names and shapes.</param>
    /// <param name="prior">Gives the prior of a parameter by its full name; null to learn it.</param>
    public SampledModule RandomModule(string name, nn.Module module, Func<string, Distribution?> prior) =>
        Lifted(name, module, new LiftPoutine(prior));

    // No sites: nothing is drawn or trained there, and no handler has a say in it.
    private void RegisterBuffers(string name, nn.Module module)
    {
        foreach (var (full, buffer) in ModuleParameters.BuffersOf(name, module))
            if (Store.AdoptBuffer(full, buffer))
                using (no_grad())
                    _createdBuffers.Add(KeyValuePair.Create(full, buffer.clone().DetachFromDisposeScope()));
    }

    private SampledModule Lifted(string name, nn.Module module, LiftPoutine lift)
    {
        ArgumentNullException.ThrowIfNull(module);
        RegisterBuffers(name, module);
        var values = new Dictionary<string, Tensor>();
        using (Push(lift))
        {
            foreach (var (full, parameter) in ModuleParameters.Of(name, module))
            {
                var message = new Message(this, full, SiteKind.Param) { Initial = parameter, Adopted = parameter };
                Apply(ref message);
                values.Add(full[(name.Length + ModuleParameters.Separator.Length)..], message.Value!);
            }
        }
        return new SampledModule(name, module, values);
    }
}
