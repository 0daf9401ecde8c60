using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Weights that slide over their input.</summary>
public abstract class Convolution : nn.Module<Tensor, Tensor>
{
    private readonly double bound;

    /// <summary>A convolution; sizes are one a spatial dimension.</summary>
    protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name)
    {
        if (groups < 1 || in_channels % groups != 0 || out_channels % groups != 0)
            throw new ArgumentException($"{in_channels} input and {out_channels} output channels do not divide into {groups} groups.");
        if (transposed && padding_mode != PaddingModes.Zeros)
            throw new ArgumentException("A transposed convolution pads with zeros only.", nameof(padding_mode));
        (this.in_channels, this.out_channels, this.transposed, this.groups) = (in_channels, out_channels, transposed, groups);
        (this.kernel_size, this.stride, this.padding, this.dilation, this.output_padding) = (kernel_size, stride, padding, dilation, output_padding);
        (this.padding_type, this.padding_mode) = (padding_type, padding_mode);
        // PyTorch's first values: uniform within ±1/√(inputs of an output).
        var (rows, columns) = transposed ? (in_channels, out_channels / groups) : (out_channels, in_channels / groups);
        bound = 1 / Math.Sqrt(columns * kernel_size.Aggregate(1L, (product, size) => product * size));
        register_parameter(nameof(weight), First.Uniform([rows, columns, .. kernel_size], bound, device, dtype));
        register_parameter(nameof(bias), bias ? First.Uniform([out_channels], bound, device, dtype) : null);
    }

    /// <summary>Shape (out_channels); null without bias.</summary>
    public Parameter? bias
    {
        get => Own(nameof(bias));
        set => Replace(nameof(bias), value);
    }

    /// <summary>Shape (out_channels, in_channels / groups, kernel), the first two exchanged where transposed.</summary>
    public Parameter weight
    {
        get => Own(nameof(weight))!;
        set => Replace(nameof(weight), value);
    }

    /// <summary>The channels of the input.</summary>
    public long in_channels { get; }

    /// <summary>The channels of the output.</summary>
    public long out_channels { get; }

    /// <summary>Whether this is a transposed convolution.</summary>
    public bool transposed { get; }

    /// <summary>Padding by name, where it was given so.</summary>
    public Padding? padding_type { get; private set; }

    /// <summary>The padding on both sides of each spatial dimension.</summary>
    public long[] padding { get; private set; }

    /// <summary>What stands in the padding.</summary>
    public PaddingModes padding_mode { get; set; }

    /// <summary>The number of separate groups of channels.</summary>
    public long groups { get; set; }

    /// <summary>The size of the kernel.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>The steps of the kernel.</summary>
    public long[] stride { get; set; }

    /// <summary>The distance between the kernel's elements.</summary>
    public long[] dilation { get; set; }

    /// <summary>What a transposed convolution adds on one side.</summary>
    public long[] output_padding { get; set; }

    /// <summary>Starts over.</summary>
    public void reset_parameters()
    {
        nn.init.uniform_(weight, -bound, bound);
        if (bias is not null)
            nn.init.uniform_(bias, -bound, bound);
    }

    /// <summary>Sets the padding.</summary>
    public void SetPadding(long[] padding) => (this.padding, padding_type) = (padding, null);

    /// <summary>Sets the padding by name.</summary>
    public void SetPadding(Padding padding) => padding_type = padding;

    // Pairs (before, after), the last dimension first; "same" puts the odd one after.
    private protected long[] Around()
    {
        var count = kernel_size.Length;
        var around = new long[2 * count];
        for (var i = 0; i < count; i++)
        {
            var place = 2 * (count - 1 - i);
            var both = padding_type switch
            {
                null => 2 * padding[i],
                Padding.Same => dilation[i] * (kernel_size[i] - 1),
                _ => 0,
            };
            (around[place], around[place + 1]) = (both / 2, both - (both / 2));
        }
        return around;
    }

    private protected void RequireShape(Tensor input, long dimensions)
    {
        if (!ValidateShape(input, dimensions))
            throw new ArgumentException($"{GetName()} takes (N, {in_channels}, and {dimensions} more), not shape [{string.Join(", ", input.shape)}].");
    }

    /// <summary>Whether the input is a batch of, or one, (channels, …) with the module's channels.</summary>
    protected bool ValidateShape(Tensor input, long dimensions)
    {
        var shape = input.shape;
        return shape.Length == dimensions + 2 ? shape[1] == in_channels : shape.Length == dimensions + 1 && shape[0] == in_channels;
    }
}
