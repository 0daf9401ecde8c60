using Pyro.LibTorch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>One step of a simple recurrent network.</summary>
public sealed class RNNCell : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly long hiddenSize;
    private readonly nn.NonLinearities nonLinearity;

    internal RNNCell(long inputSize, long hiddenSize, nn.NonLinearities nonLinearity, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(RNNCell))
    {
        this.hiddenSize = hiddenSize;
        this.nonLinearity = nonLinearity;
        var bound = 1 / Math.Sqrt(hiddenSize);
        register_parameter(nameof(weight_ih), First.Uniform([1 * hiddenSize, inputSize], bound, device, dtype));
        register_parameter(nameof(weight_hh), First.Uniform([1 * hiddenSize, hiddenSize], bound, device, dtype));
        register_parameter(nameof(bias_ih), bias ? First.Uniform([1 * hiddenSize], bound, device, dtype) : null);
        register_parameter(nameof(bias_hh), bias ? First.Uniform([1 * hiddenSize], bound, device, dtype) : null);
    }

    /// <summary>The bias of the input; null without bias.</summary>
    public Parameter? bias_ih
    {
        get => Own(nameof(bias_ih));
        set => Replace(nameof(bias_ih), value);
    }

    /// <summary>The bias of the state; null without bias.</summary>
    public Parameter? bias_hh
    {
        get => Own(nameof(bias_hh));
        set => Replace(nameof(bias_hh), value);
    }

    /// <summary>The weight of the input.</summary>
    public Parameter weight_ih
    {
        get => Own(nameof(weight_ih))!;
        set => Replace(nameof(weight_ih), value);
    }

    /// <summary>The weight of the state.</summary>
    public Parameter weight_hh
    {
        get => Own(nameof(weight_hh))!;
        set => Replace(nameof(weight_hh), value);
    }

    /// <summary>The next state; zeros are the first one unless given.</summary>
    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        using var start = h0 is null ? zeros([.. input.shape[..^1], hiddenSize], dtype: input.dtype, device: input.device) : null;
        return nonLinearity == nn.NonLinearities.ReLU
            ? Ops.rnn_relu_cell(input, h0 ?? start!, weight_ih, weight_hh, bias_ih, bias_hh)
            : Ops.rnn_tanh_cell(input, h0 ?? start!, weight_ih, weight_hh, bias_ih, bias_hh);
    }
}

/// <summary>One step of gated recurrent units.</summary>
public sealed class GRUCell : nn.Module<Tensor, Tensor?, Tensor>
{
    private readonly long hiddenSize;

    internal GRUCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(GRUCell))
    {
        this.hiddenSize = hiddenSize;
        var bound = 1 / Math.Sqrt(hiddenSize);
        register_parameter(nameof(weight_ih), First.Uniform([3 * hiddenSize, inputSize], bound, device, dtype));
        register_parameter(nameof(weight_hh), First.Uniform([3 * hiddenSize, hiddenSize], bound, device, dtype));
        register_parameter(nameof(bias_ih), bias ? First.Uniform([3 * hiddenSize], bound, device, dtype) : null);
        register_parameter(nameof(bias_hh), bias ? First.Uniform([3 * hiddenSize], bound, device, dtype) : null);
    }

    /// <summary>The bias of the input; null without bias.</summary>
    public Parameter? bias_ih
    {
        get => Own(nameof(bias_ih));
        set => Replace(nameof(bias_ih), value);
    }

    /// <summary>The bias of the state; null without bias.</summary>
    public Parameter? bias_hh
    {
        get => Own(nameof(bias_hh));
        set => Replace(nameof(bias_hh), value);
    }

    /// <summary>The weight of the input.</summary>
    public Parameter weight_ih
    {
        get => Own(nameof(weight_ih))!;
        set => Replace(nameof(weight_ih), value);
    }

    /// <summary>The weight of the state.</summary>
    public Parameter weight_hh
    {
        get => Own(nameof(weight_hh))!;
        set => Replace(nameof(weight_hh), value);
    }

    /// <summary>The next state; zeros are the first one unless given.</summary>
    public override Tensor forward(Tensor input, Tensor? h0 = null)
    {
        using var start = h0 is null ? zeros([.. input.shape[..^1], hiddenSize], dtype: input.dtype, device: input.device) : null;
        return Ops.gru_cell(input, h0 ?? start!, weight_ih, weight_hh, bias_ih, bias_hh);
    }
}

/// <summary>One step of long short-term memory.</summary>
public sealed class LSTMCell : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)>
{
    private readonly long hiddenSize;

    internal LSTMCell(long inputSize, long hiddenSize, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(LSTMCell))
    {
        this.hiddenSize = hiddenSize;
        var bound = 1 / Math.Sqrt(hiddenSize);
        register_parameter(nameof(weight_ih), First.Uniform([4 * hiddenSize, inputSize], bound, device, dtype));
        register_parameter(nameof(weight_hh), First.Uniform([4 * hiddenSize, hiddenSize], bound, device, dtype));
        register_parameter(nameof(bias_ih), bias ? First.Uniform([4 * hiddenSize], bound, device, dtype) : null);
        register_parameter(nameof(bias_hh), bias ? First.Uniform([4 * hiddenSize], bound, device, dtype) : null);
    }

    /// <summary>The bias of the input; null without bias.</summary>
    public Parameter? bias_ih
    {
        get => Own(nameof(bias_ih));
        set => Replace(nameof(bias_ih), value);
    }

    /// <summary>The bias of the state; null without bias.</summary>
    public Parameter? bias_hh
    {
        get => Own(nameof(bias_hh));
        set => Replace(nameof(bias_hh), value);
    }

    /// <summary>The weight of the input.</summary>
    public Parameter weight_ih
    {
        get => Own(nameof(weight_ih))!;
        set => Replace(nameof(weight_ih), value);
    }

    /// <summary>The weight of the state.</summary>
    public Parameter weight_hh
    {
        get => Own(nameof(weight_hh))!;
        set => Replace(nameof(weight_hh), value);
    }

    /// <summary>The next state; zeros are the first one unless given.</summary>
    public override (Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0)
    {
        using var start = h0_c0 is null ? zeros([.. input.shape[..^1], hiddenSize], dtype: input.dtype, device: input.device) : null;
        var (h0, c0) = h0_c0 ?? (start!, start!);
        return Ops.lstm_cell(input, [h0, c0], weight_ih, weight_hh, bias_ih, bias_hh);
    }

    /// <summary>The next hidden and cell state; zeros are the first ones unless given.</summary>
    public new (Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
}
