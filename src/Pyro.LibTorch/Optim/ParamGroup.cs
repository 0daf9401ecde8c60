namespace TorchSharp.Modules;

/// <summary>Parameters that share options.</summary>
public class ParamGroup : torch.optim.ILearningRateController
{
    /// <summary>The parameters.</summary>
    public IEnumerable<Parameter> Parameters { get; set; } = [];

    /// <summary>The options; what is missing comes from the optimizer.</summary>
    public OptimizerOptions Options { get; set; } = null!;

    /// <summary>Whether a schedule has started from the group's rate.</summary>
    internal bool Scheduled { get; set; }

    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate
    {
        get => Options.LearningRate.GetValueOrDefault();
        set => Options.LearningRate = value;
    }

    /// <summary>The learning rate that schedules start from.</summary>
    public double InitialLearningRate
    {
        get => Options.InitialLearningRate;
        set => Options.InitialLearningRate = value;
    }
}

/// <summary>Parameters that share options of a certain kind.</summary>
/// <typeparam name="TOptions">The kind.</typeparam>
public class ParamGroup<TOptions> : ParamGroup
    where TOptions : OptimizerOptions
{
    /// <summary>A group to be filled in.</summary>
    public ParamGroup()
    {
    }

    /// <summary>A group.</summary>
    public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
    {
        Parameters = parameters;
        base.Options = options!;
    }

    /// <summary>The options; what is missing comes from the optimizer.</summary>
    public new TOptions Options
    {
        get => (TOptions)base.Options;
        set => base.Options = value;
    }
}
