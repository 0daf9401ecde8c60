using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalization of channels, with learned scale and shift and running statistics.</summary>
public abstract class NormBase : nn.Module<Tensor, Tensor>
{
    /// <summary>A normalization of num_features channels.</summary>
    protected NormBase(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(name)
    {
        (this.num_features, this.eps, this.momentum, this.affine, this.track_running_stats) = (num_features, eps, momentum, affine, track_running_stats);
        register_parameter(nameof(weight), affine ? First.Constant([num_features], 1, device, dtype) : null);
        register_parameter(nameof(bias), affine ? First.Constant([num_features], 0, device, dtype) : null);
        if (!track_running_stats)
            return;
        running_mean = zeros(num_features, dtype, device);
        running_var = ones(num_features, dtype, device);
        num_batches_tracked = tensor(0L, device: device);
        register_buffer(nameof(running_mean), running_mean);
        register_buffer(nameof(running_var), running_var);
        register_buffer(nameof(num_batches_tracked), num_batches_tracked);
    }

    /// <summary>The shift of each channel; null where not affine.</summary>
    public Parameter? bias
    {
        get => Own(nameof(bias));
        set => Replace(nameof(bias), value);
    }

    /// <summary>The scale of each channel; null where not affine.</summary>
    public Parameter? weight
    {
        get => Own(nameof(weight));
        set => Replace(nameof(weight), value);
    }

    /// <summary>The running mean of each channel; null where not tracked.</summary>
    public Tensor? running_mean { get; }

    /// <summary>The running variance of each channel; null where not tracked.</summary>
    public Tensor? running_var { get; }

    /// <summary>The number of batches seen while training; null where not tracked.</summary>
    public Tensor? num_batches_tracked { get; }

    /// <summary>The number of channels.</summary>
    public long num_features { get; }

    /// <summary>What is added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>The weight of a new batch in the running statistics; null: all batches count alike.</summary>
    public double? momentum { get; set; }

    /// <summary>Whether there are learned scale and shift.</summary>
    public bool affine { get; }

    /// <summary>Whether there are running statistics.</summary>
    public bool track_running_stats { get; }

    /// <summary>Forgets the running statistics.</summary>
    public void reset_running_stats()
    {
        if (!track_running_stats)
            return;
        running_mean!.zero_();
        running_var!.fill_(1);
        num_batches_tracked!.zero_();
    }

    /// <summary>Starts over.</summary>
    public void reset_parameters()
    {
        reset_running_stats();
        if (!affine)
            return;
        nn.init.ones_(weight!);
        nn.init.zeros_(bias!);
    }

    /// <summary>Checks the number of dimensions.</summary>
    /// <exception cref="ArgumentException">The input has another number of dimensions.</exception>
    protected abstract void ValidateInputDimensions(Tensor input);
}
