using Pyro.LibTorch;

namespace TorchSharp.Modules;

/// <summary>An optimizer with groups of parameters, options for each group, and a state for each parameter.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    private readonly List<StepGroup> groups = [];
    private readonly OptimizerOptions defaults;

    private protected OptimizerHelper(OptimizerOptions defaults)
    {
        this.defaults = defaults;
        defaults.InitialLearningRate = defaults.LearningRate.GetValueOrDefault();
    }

    /// <inheritdoc/>
    public override IEnumerable<torch.optim.ILearningRateController> ParamGroups => groups.Select(group => group.Group);

    /// <summary>The options that groups without their own get.</summary>
    private protected OptimizerOptions Defaults => defaults;

    /// <inheritdoc/>
    public override IEnumerable<Parameter> parameters() => groups.SelectMany(group => group.States).Select(state => state.Parameter);

    /// <inheritdoc/>
    public override void add_param_group(ParamGroup param_group)
    {
        ArgumentNullException.ThrowIfNull(param_group);
        ArgumentNullException.ThrowIfNull(param_group.Parameters);
        if (param_group.Options is null)
            param_group.Options = NewOptions();
        param_group.Options.Complete(defaults);
        var added = param_group.Parameters.ToArray();
        var known = new HashSet<Parameter>(parameters(), ReferenceEqualityComparer.Instance);
        foreach (var parameter in added)
        {
            ArgumentNullException.ThrowIfNull(parameter, nameof(param_group));
            if (!parameter.is_leaf)
                throw new ArgumentException("An optimizer changes leaves; this parameter was computed from others.", nameof(param_group));
            if (!known.Add(parameter))
                throw new ArgumentException("A parameter is in the optimizer twice.", nameof(param_group));
        }
        groups.Add(new StepGroup(param_group, Array.ConvertAll(added, parameter => Initialized(parameter, param_group.Options))));
    }

    /// <inheritdoc/>
    public override torch.Tensor step(Func<torch.Tensor>? closure = null)
    {
        var loss = Loss(closure);
        foreach (var group in groups)
            group.Step(this);
        return loss!;
    }

    /// <summary>Moves what the optimizer keeps to a device.</summary>
    public void to(torch.Device device)
    {
        foreach (var group in groups)
            foreach (var state in group.States)
                state.to(device);
    }

    /// <summary>The options and states: the ones in use, not copies.</summary>
    public virtual StateDictionary state_dict()
    {
        var result = new StateDictionary();
        foreach (var group in groups)
        {
            result.Options.Add(group.Group.Options);
            result.StateIndexRef.Add([.. Enumerable.Range(result.State.Count, group.States.Length)]);
            result.State.AddRange(group.States);
        }
        return result;
    }

    /// <summary>Takes over copies of another optimizer's options and states. Either all or nothing is taken.</summary>
    /// <exception cref="ArgumentException">They are of another optimizer, or of other parameters.</exception>
    public virtual void load_state_dict(StateDictionary state_dict)
    {
        ArgumentNullException.ThrowIfNull(state_dict);
        var own = this.state_dict();
        if (state_dict.Options.Count != own.Options.Count || state_dict.State.Count != own.State.Count)
            throw new ArgumentException($"The state has {state_dict.Options.Count} groups and {state_dict.State.Count} parameters, the optimizer {own.Options.Count} and {own.State.Count}.", nameof(state_dict));
        foreach (var (into, from) in own.State.Zip(state_dict.State))
            into.RequireFit(from);
        foreach (var (into, from) in own.Options.Zip(state_dict.Options))
            into.LoadStateDict(from);
        foreach (var (into, from) in own.State.Zip(state_dict.State))
            into.LoadStateDict(from);
    }

    /// <summary>Writes options and states to a file.</summary>
    public void save_state_dict(string location)
    {
        using var stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    /// <summary>Writes options and states.</summary>
    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        var own = state_dict();
        TensorFile.WriteNumber(writer, own.Options.Count);
        TensorFile.WriteNumber(writer, own.State.Count);
        foreach (var options in own.Options)
            options.SaveStateDict(writer);
        foreach (var state in own.State)
            state.SaveStateDict(writer);
    }

    /// <summary>Reads what save_state_dict wrote. Truncated and foreign files are refused, and the optimizer stays as it was.</summary>
    /// <exception cref="InvalidDataException">The file is truncated, no such file, or of other parameters.</exception>
    public void load_state_dict(string location)
    {
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    /// <inheritdoc cref="load_state_dict(string)"/>
    public void load_state_dict(BinaryReader reader)
    {
        var read = new StateDictionary();
        try
        {
            TensorFile.Guard(() => Read(reader, read));
            load_state_dict(read);
        }
        catch (ArgumentException misfit)
        {
            throw new InvalidDataException(misfit.Message, misfit);
        }
        finally
        {
            foreach (var state in read.State)
                state.Release();
        }
    }

    /// <summary>Computes the loss, where there is one to compute, and lets the body step each group; a frame for optimizers.</summary>
    protected torch.Tensor _step<T>(Action<T> body, Func<torch.Tensor>? loss_closure = null)
        where T : ParamGroup
    {
        var loss = Loss(loss_closure);
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var group in groups)
            body((T)group.Group);
        return loss!;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing)
            return;
        foreach (var group in groups)
            foreach (var state in group.States)
                state.Release();
    }

    /// <summary>Steps one parameter.</summary>
    internal abstract void Update(OptimizerOptions options, OptimizerState state, ParameterStep step);

    private protected abstract OptimizerOptions NewOptions();

    private protected abstract OptimizerState NewState(Parameter parameter);

    private protected void AddGroups(IEnumerable<ParamGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var group in groups)
            add_param_group(group);
    }

    private static torch.Tensor? Loss(Func<torch.Tensor>? closure)
    {
        if (closure is null)
            return null;
        using var mode = torch.enable_grad();
        return closure();
    }

    private OptimizerState Initialized(Parameter parameter, OptimizerOptions options)
    {
        var state = NewState(parameter);
        state.Initialize(options);
        return state;
    }

    private bool Read(BinaryReader reader, StateDictionary into)
    {
        var name = TensorFile.ReadName(reader);
        if (name != GetType().Name)
            throw new InvalidDataException(name.Length is > 0 and < 32 && name.All(char.IsAsciiLetterOrDigit)
                ? $"The file is of optimizer {name}, this one is {GetType().Name}."
                : "The file is none of an optimizer.");
        var own = state_dict();
        var options = TensorFile.ReadNumber(reader, int.MaxValue, "number of groups");
        var states = TensorFile.ReadNumber(reader, int.MaxValue, "number of parameters");
        if (options != own.Options.Count || states != own.State.Count)
            throw new InvalidDataException($"The file has {options} groups and {states} parameters, the optimizer {own.Options.Count} and {own.State.Count}.");
        for (var i = 0; i < own.Options.Count; i++)
        {
            into.Options.Add(NewOptions());
            into.Options[i].LoadStateDict(reader);
        }
        for (var i = 0; i < own.State.Count; i++)
        {
            into.State.Add(NewState(own.State[i].Parameter));
            into.State[i].LoadStateDict(reader);
        }
        return true;
    }
}
