using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Pyro.LibTorch.Tests;

/// <summary>The modules of modules.json by name, and how each is called with a list of tensors.</summary>
internal static class ModuleCases
{
    internal static readonly Dictionary<string, Func<(Module Module, Func<Tensor[], Tensor[]> Call)>> All = new()
    {
        ["Linear"] = () => One(Linear(3, 4)),
        ["Linear without bias"] = () => One(Linear(3, 4, hasBias: false)),
        ["Identity"] = () => One(Identity()),
        ["Bilinear"] = () => Pair(Bilinear(3, 2, 4)),
        ["Bilinear without bias"] = () => Pair(Bilinear(3, 2, 4, hasBias: false)),
        ["Embedding"] = () => One(Embedding(5, 3)),
        ["Embedding with padding"] = () => One(Embedding(5, 3, padding_idx: 2)),
        ["Flatten"] = () => One(Flatten()),
        ["Unflatten"] = () => One(Unflatten(1, [3, 2])),
        ["Sequential"] = () => One(Sequential(Linear(3, 4), Tanh(), Linear(4, 1))),
        ["BatchNorm1d"] = () => One(BatchNorm1d(3)),
        ["BatchNorm2d"] = () => One(BatchNorm2d(2)),
        ["BatchNorm1d without scale"] = () => One(BatchNorm1d(3, eps: 1e-3, momentum: 0.3, affine: false)),
        ["BatchNorm1d without statistics"] = () => One(BatchNorm1d(3, track_running_stats: false)),
        ["BatchNorm3d"] = () => One(BatchNorm3d(2)),
        ["InstanceNorm1d"] = () => One(InstanceNorm1d(2, affine: true, track_running_stats: true)),
        ["InstanceNorm1d of one"] = () => One(InstanceNorm1d(2)),
        ["InstanceNorm2d"] = () => One(InstanceNorm2d(2, eps: 1e-3)),
        ["InstanceNorm3d"] = () => One(InstanceNorm3d(2, affine: true)),
        ["GroupNorm"] = () => One(GroupNorm(2, 4)),
        ["GroupNorm without scale"] = () => One(GroupNorm(2, 4, eps: 1e-3, affine: false)),
        ["LocalResponseNorm"] = () => One(LocalResponseNorm(3, 0.1, 0.6, 1.5)),
        ["LayerNorm"] = () => One(LayerNorm([3, 2])),
        ["LayerNorm without scale"] = () => One(LayerNorm(3, eps: 1e-3, elementwise_affine: false)),
        ["Dropout"] = () => One(Dropout()),
        ["Dropout1d"] = () => One(Dropout1d()),
        ["Dropout2d"] = () => One(Dropout2d()),
        ["Dropout3d"] = () => One(Dropout3d()),
        ["FeatureAlphaDropout"] = () => One(FeatureAlphaDropout()),
        ["AlphaDropout"] = () => One(AlphaDropout()),

        ["RNN"] = () => Recurrent(RNN(3, 2)),
        ["RNN with a state"] = () => Recurrent(RNN(3, 2)),
        ["RNN of two layers and directions"] = () => Recurrent(RNN(3, 2, numLayers: 2, bidirectional: true, batchFirst: true)),
        ["RNN without bias"] = () => Recurrent(RNN(3, 2, bias: false)),
        ["RNN with rectifiers"] = () => Recurrent(RNN(3, 2, nonLinearity: NonLinearities.ReLU)),
        ["GRU"] = () => Recurrent(GRU(3, 2)),
        ["GRU with a state"] = () => Recurrent(GRU(3, 2)),
        ["GRU of two layers and directions"] = () => Recurrent(GRU(3, 2, numLayers: 2, bidirectional: true, batchFirst: true)),
        ["GRU without bias"] = () => Recurrent(GRU(3, 2, bias: false)),
        ["LSTM"] = () => Recurrent(LSTM(3, 2)),
        ["LSTM with a state"] = () => Recurrent(LSTM(3, 2)),
        ["LSTM of two layers and directions"] = () => Recurrent(LSTM(3, 2, numLayers: 2, bidirectional: true, batchFirst: true)),
        ["LSTM without bias"] = () => Recurrent(LSTM(3, 2, bias: false)),
        ["RNNCell"] = () => Cell(RNNCell(3, 2)),
        ["RNNCell with a state"] = () => Cell(RNNCell(3, 2, bias: false)),
        ["RNNCell with rectifiers"] = () => Cell(RNNCell(3, 2, NonLinearities.ReLU)),
        ["GRUCell"] = () => Cell(GRUCell(3, 2)),
        ["GRUCell with a state"] = () => Cell(GRUCell(3, 2, bias: false)),
        ["LSTMCell"] = () => Cell(LSTMCell(3, 2)),
        ["LSTMCell with a state"] = () => Cell(LSTMCell(3, 2, bias: false)),

        ["Conv2d"] = () => One(Conv2d(2, 4, 3)),
        ["Conv2d with everything"] = () => One(Conv2d(2, 4, (3, 2), (2, 1), (1, 2), (1, 2), groups: 2, bias: false)),
        ["Conv2d same"] = () => One(Conv2d(1, 2, 3, Padding.Same)),
        ["Conv2d reflect"] = () => One(Conv2d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Reflect)),
        ["Conv2d circular"] = () => One(Conv2d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Circular)),
        ["ConvTranspose2d"] = () => One(ConvTranspose2d(2, 3, 3)),
        ["ConvTranspose2d with everything"] = () => One(ConvTranspose2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 0), (1, 2), groups: 2, bias: false)),
        ["MaxPool2d"] = () => One(MaxPool2d(2)),
        ["MaxPool2d with everything"] = () => One(MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), ceil_mode: true)),
        ["AvgPool2d"] = () => One(AvgPool2d(2)),
        ["AvgPool2d with everything"] = () => One(AvgPool2d((3, 2), (2, 1), (1, 0), ceil_mode: true, count_include_pad: false, divisor_override: 3)),

        ["Conv1d"] = () => One(Conv1d(2, 4, 3, 2, 1, 1, groups: 2)),
        ["Conv1d same"] = () => One(Conv1d(1, 2, 4, Padding.Same, bias: false)),
        ["Conv1d circular"] = () => One(Conv1d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Circular)),
        ["Conv3d"] = () => One(Conv3d(1, 2, 2, padding: 1)),
        ["Conv3d with everything"] = () => One(Conv3d(2, 2, (1, 2, 3), (2, 1, 1), (0, 1, 1), (1, 1, 2), groups: 2, bias: false)),
        ["Conv3d replicate"] = () => One(Conv3d(1, 2, (2, 3, 1), Padding.Same, padding_mode: PaddingModes.Replicate)),
        ["ConvTranspose1d"] = () => One(ConvTranspose1d(2, 3, 3, 2, 1, 1)),
        ["ConvTranspose3d"] = () => One(ConvTranspose3d(2, 1, 2)),
        ["ConvTranspose3d with everything"] = () =>
            One(ConvTranspose3d(2, 2, (1, 2, 3), (2, 1, 1), (0, 1, 1), (1, 0, 0), (1, 1, 2), groups: 2, bias: false)),

        ["MaxPool1d"] = () => One(MaxPool1d(2)),
        ["MaxPool1d with everything"] = () => One(MaxPool1d(3, 2, 1, 2, ceil_mode: true)),
        ["MaxPool3d"] = () => One(MaxPool3d(2)),
        ["MaxPool3d with everything"] = () => One(MaxPool3d((2, 1, 3), (1, 2, 2), (1, 0, 1), (2, 1, 1), ceil_mode: true)),
        ["AvgPool1d"] = () => One(AvgPool1d(2)),
        ["AvgPool1d with everything"] = () => One(AvgPool1d(3, 2, 1, true, false)),
        ["AvgPool3d"] = () => One(AvgPool3d(2)),
        ["AvgPool3d with everything"] = () => One(AvgPool3d((2, 1, 3), (1, 2, 2), (1, 0, 1), true, false, 5)),
        ["AdaptiveAvgPool1d"] = () => One(AdaptiveAvgPool1d(3)),
        ["AdaptiveAvgPool2d"] = () => One(AdaptiveAvgPool2d((3, 2))),
        ["AdaptiveAvgPool3d"] = () => One(AdaptiveAvgPool3d((3, 2, 2))),
        ["AdaptiveMaxPool1d"] = () => One(AdaptiveMaxPool1d(3)),
        ["AdaptiveMaxPool2d"] = () => One(AdaptiveMaxPool2d([3, 2])),
        ["AdaptiveMaxPool3d"] = () => One(AdaptiveMaxPool3d([3, 2, 2])),
        ["LPPool1d"] = () => One(LPPool1d(3, 2)),
        ["LPPool2d"] = () => One(LPPool2d(2, [2, 1], [1, 1])),
        ["Unfold"] = () => One(Unfold(2, 1, 1, 2)),
        ["Fold"] = () => One(Fold((3, 4), (2, 1), stride: (1, 2))),
        ["PixelShuffle"] = () => One(PixelShuffle(2)),
        ["PixelUnshuffle"] = () => One(PixelUnshuffle(2)),
        ["ChannelShuffle"] = () => One(ChannelShuffle(2)),
        ["Upsample"] = () => One(Upsample(scale_factor: [2])),
        ["Upsample to a size"] = () => One(Upsample([3, 5], mode: UpsampleMode.Bilinear, align_corners: true)),
        ["ConstantPad1d"] = () => One(ConstantPad1d((1, 2), 0.5)),
        ["ConstantPad1d all around"] = () => One(ConstantPad1d(1, 0.5)),
        ["ReflectionPad1d"] = () => One(ReflectionPad1d((1, 2))),
        ["ReflectionPad1d all around"] = () => One(ReflectionPad1d(1)),
        ["ReplicationPad1d"] = () => One(ReplicationPad1d((1, 2))),
        ["ReplicationPad1d all around"] = () => One(ReplicationPad1d(1)),
        ["ConstantPad2d"] = () => One(ConstantPad2d((1, 2, 0, 1), 0.5)),
        ["ConstantPad2d all around"] = () => One(ConstantPad2d(1, 0.5)),
        ["ReflectionPad2d"] = () => One(ReflectionPad2d((1, 2, 0, 1))),
        ["ReflectionPad2d all around"] = () => One(ReflectionPad2d(1)),
        ["ReplicationPad2d"] = () => One(ReplicationPad2d((1, 2, 0, 1))),
        ["ReplicationPad2d all around"] = () => One(ReplicationPad2d(1)),
        ["ConstantPad3d"] = () => One(ConstantPad3d((1, 2, 0, 1, 2, 1), 0.5)),
        ["ConstantPad3d all around"] = () => One(ConstantPad3d(1, 0.5)),
        ["ReflectionPad3d"] = () => One(ReflectionPad3d((1, 2, 0, 1, 2, 1))),
        ["ReflectionPad3d all around"] = () => One(ReflectionPad3d(1)),
        ["ReplicationPad3d"] = () => One(ReplicationPad3d((1, 2, 0, 1, 2, 1))),
        ["ReplicationPad3d all around"] = () => One(ReplicationPad3d(1)),
        ["ZeroPad2d"] = () => One(ZeroPad2d((1, 2, 0, 1))),

        ["CELU"] = () => One(CELU()),
        ["ELU"] = () => One(ELU()),
        ["GELU"] = () => One(GELU()),
        ["GELU by tanh"] = () => One(GELU(TorchSharp.Modules.GELU.Approximate.tanh)),
        ["GLU"] = () => One(GLU()),
        ["Hardshrink"] = () => One(Hardshrink()),
        ["Hardsigmoid"] = () => One(Hardsigmoid()),
        ["Hardswish"] = () => One(Hardswish()),
        ["Hardtanh"] = () => One(Hardtanh()),
        ["LeakyReLU"] = () => One(LeakyReLU()),
        ["LogSigmoid"] = () => One(LogSigmoid()),
        ["LogSoftmax"] = () => One(LogSoftmax(1)),
        ["Mish"] = () => One(Mish()),
        ["PReLU"] = () => One(PReLU(1)),
        ["PReLU of channels"] = () => One(PReLU(4, 0.1)),
        ["ReLU"] = () => One(ReLU()),
        ["ReLU6"] = () => One(ReLU6()),
        ["RReLU"] = () => One(RReLU()),
        ["SELU"] = () => One(SELU()),
        ["Sigmoid"] = () => One(Sigmoid()),
        ["SiLU"] = () => One(SiLU()),
        ["Softmax"] = () => One(Softmax(1)),
        ["Softmax2d"] = () => One(Softmax2d()),
        ["Softmin"] = () => One(Softmin(1)),
        ["Softplus"] = () => One(Softplus()),
        ["Softshrink"] = () => One(Softshrink()),
        ["Softsign"] = () => One(Softsign()),
        ["Tanh"] = () => One(Tanh()),
        ["Tanhshrink"] = () => One(Tanhshrink()),
        ["Threshold"] = () => One(Threshold(0.5, -1)),

        ["MSELoss mean"] = () => Pair(MSELoss()),
        ["MSELoss sum"] = () => Pair(MSELoss(Reduction.Sum)),
        ["MSELoss none"] = () => Pair(MSELoss(Reduction.None)),
        ["L1Loss mean"] = () => Pair(L1Loss()),
        ["L1Loss sum"] = () => Pair(L1Loss(Reduction.Sum)),
        ["L1Loss none"] = () => Pair(L1Loss(Reduction.None)),
        ["HuberLoss mean"] = () => Pair(HuberLoss()),
        ["HuberLoss sum"] = () => Pair(HuberLoss(reduction: Reduction.Sum)),
        ["HuberLoss none"] = () => Pair(HuberLoss(reduction: Reduction.None)),
        ["SmoothL1Loss mean"] = () => Pair(SmoothL1Loss()),
        ["SmoothL1Loss sum"] = () => Pair(SmoothL1Loss(Reduction.Sum)),
        ["SmoothL1Loss none"] = () => Pair(SmoothL1Loss(Reduction.None)),
        ["SoftMarginLoss"] = () => Pair(SoftMarginLoss()),
        ["KLDivLoss"] = () => Pair(KLDivLoss()),
        ["PoissonNLLLoss"] = () => Pair(PoissonNLLLoss()),
        ["PoissonNLLLoss full"] = () => Pair(PoissonNLLLoss(log_input: false, full: true)),
        ["NLLLoss"] = () => Pair(NLLLoss()),
        ["NLLLoss weighted"] = () => Pair(NLLLoss(Weight(), Reduction.Sum)),
        ["BCELoss"] = () => Pair(BCELoss()),
        ["BCELoss weighted"] = () => Pair(BCELoss(Weight(), Reduction.Sum)),
        ["BCEWithLogitsLoss"] = () => Pair(BCEWithLogitsLoss()),
        ["BCEWithLogitsLoss weighted"] = () => Pair(BCEWithLogitsLoss(Weight(), pos_weights: Weight() * 2)),
        ["CrossEntropyLoss"] = () => Pair(CrossEntropyLoss()),
        ["CrossEntropyLoss weighted"] = () => Pair(CrossEntropyLoss(Weight(), ignore_index: 2, reduction: Reduction.Sum)),
        ["GaussianNLLLoss"] = () => Triple(GaussianNLLLoss()),
        ["CosineSimilarity"] = () => Pair(CosineSimilarity(0)),
        ["PairwiseDistance"] = () => Pair(PairwiseDistance(3, keepdim: true)),
        ["HingeEmbeddingLoss"] = () => Pair(HingeEmbeddingLoss()),
        ["MarginRankingLoss"] = () => Triple(MarginRankingLoss(0.2, Reduction.None)),
        ["CosineEmbeddingLoss"] = () => Triple(CosineEmbeddingLoss(0.2)),
        ["MultiLabelMarginLoss"] = () => Pair(MultiLabelMarginLoss()),
        ["MultiLabelSoftMarginLoss"] = () => Pair(MultiLabelSoftMarginLoss(Weight(), Reduction.Sum)),
        ["MultiMarginLoss"] = () => Pair(MultiMarginLoss(2, 0.5, Weight())),
        ["TripletMarginLoss"] = () => Triple(TripletMarginLoss(0.8, 2, swap: true)),
        ["TripletMarginWithDistanceLoss"] = () => Triple(TripletMarginWithDistanceLoss((x, y) => (x - y).abs().sum(1), 0.8)),
        ["CTCLoss"] = () =>
        {
            var loss = CTCLoss();
            return (loss, x => [loss.call(x[0], x[1], x[2], x[3])]);
        },

        ["interpolate by a factor"] = () => Of(x => functional.interpolate(x[0], scale_factor: [1.7])),
        ["interpolate by a factor, computed anew"] = () =>
            Of(x => functional.interpolate(x[0], scale_factor: [1.7], mode: InterpolationMode.Linear, recompute_scale_factor: true)),
        ["interpolate by area"] = () => Of(x => functional.interpolate(x[0], scale_factor: [0.5, 0.7], mode: InterpolationMode.Area)),
        ["interpolate to a size"] = () => Of(x => functional.interpolate(x[0], [3, 2], mode: InterpolationMode.Bicubic, align_corners: true)),
        ["upsample"] = () => Of(x => functional.upsample(x[0], [5], mode: UpsampleMode.Linear)),
        ["upsample_nearest"] = () => Of(x => functional.upsample_nearest(x[0], scale_factor: [2])),
        ["upsample_bilinear"] = () => Of(x => functional.upsample_bilinear(x[0], scale_factor: [2, 2])),
        ["unfold"] = () => Of(x => functional.unfold(x[0], 2, 1, 1, 2)),
        ["unfold by pairs"] = () => Of(x => functional.unfold(x[0], (2, 1), stride: (1, 2))),
        ["fold"] = () => Of(x => functional.fold(x[0], 3, 2)),
        ["fold by pairs"] = () => Of(x => functional.fold(x[0], (3, 4), (2, 1), stride: (1, 2))),
        ["conv1d same"] = () => Of(x => functional.conv1d_padding(x[0], x[1], padding: Padding.Same, dilation: 2)),
        ["lp_pool1d"] = () => Of(x => functional.lp_pool1d(x[0], 3, 2)),
        ["lp_pool2d"] = () => Of(x => functional.lp_pool2d(x[0], 2, [2, 1], [1, 1])),
        ["max_unpool1d"] = () => Of(x => functional.max_unpool1d(x[0], x[1], 2, output_size: [7])),
        ["max_unpool2d"] = () => Of(x => functional.max_unpool2d(x[0], x[1], [2, 2])),
        ["local_response_norm"] = () => Of(x => functional.local_response_norm(x[0], 3, 0.1, 0.6, 1.5)),
        ["local_response_norm of images"] = () => Of(x => functional.local_response_norm(x[0], 2)),
        ["multilabel_soft_margin_loss"] = () => Of(x => functional.multilabel_soft_margin_loss(x[0], x[1], x[2])),
        ["triplet_margin_with_distance_loss"] = () =>
            Of(x => functional.triplet_margin_with_distance_loss(x[0], x[1], x[2], swap: true, reduction: Reduction.Sum)),
        ["scaled_dot_product_attention"] = () => Of(x => functional.scaled_dot_product_attention(x[0], x[1], x[2])),
        ["scaled_dot_product_attention, causal"] = () => Of(x => functional.scaled_dot_product_attention(x[0], x[1], x[2], is_casual: true)),
        ["scaled_dot_product_attention, masked"] = () => Of(x => functional.scaled_dot_product_attention(x[0], x[1], x[2], x[3])),
    };

    /// <summary>The initializers of modules.json by name.</summary>
    internal static readonly Dictionary<string, Func<Tensor, Tensor>> Initializers = new()
    {
        ["ones_"] = init.ones_,
        ["zeros_"] = init.zeros_,
        ["constant_"] = t => init.constant_(t, 0.5),
        ["eye_"] = init.eye_,
        ["dirac_"] = init.dirac_,
        ["uniform_"] = t => init.uniform_(t, -2, 3),
        ["normal_"] = t => init.normal_(t, 1, 2),
        ["trunc_normal_"] = t => init.trunc_normal_(t, 1, 2, -1, 2),
        ["orthogonal_"] = t => init.orthogonal_(t, 2),
        ["orthogonal_ tall"] = t => init.orthogonal_(t),
        ["kaiming_uniform_"] = t => init.kaiming_uniform_(t),
        ["kaiming_uniform_ fan out"] = t => init.kaiming_uniform_(t, 0.3, init.FanInOut.FanOut),
        ["kaiming_uniform_ tanh"] = t => init.kaiming_uniform_(t, nonlinearity: init.NonlinearityType.Tanh),
        ["kaiming_normal_"] = t => init.kaiming_normal_(t),
        ["kaiming_normal_ relu"] = t => init.kaiming_normal_(t, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU),
        ["xavier_uniform_"] = t => init.xavier_uniform_(t, 1.5),
        ["xavier_normal_"] = t => init.xavier_normal_(t),
    };

    // A function, for which the module only stands in.
    private static (Module, Func<Tensor[], Tensor[]>) Of(Func<Tensor[], Tensor> function) => (Identity(), x => [function(x)]);

    private static Tensor Weight() => tensor([0.653, 0.868, 0.365]);

    private static (Module, Func<Tensor[], Tensor[]>) One(Module<Tensor, Tensor> module) => (module, x => [module.call(x[0])]);

    private static (Module, Func<Tensor[], Tensor[]>) Pair(Module<Tensor, Tensor, Tensor> module) => (module, x => [module.call(x[0], x[1])]);

    private static (Module, Func<Tensor[], Tensor[]>) Triple(Module<Tensor, Tensor, Tensor, Tensor> module) =>
        (module, x => [module.call(x[0], x[1], x[2])]);

    private static (Module, Func<Tensor[], Tensor[]>) Cell(Module<Tensor, Tensor?, Tensor> module) => (module, x => [module.call(x[0], x.ElementAtOrDefault(1))]);

    private static (Module, Func<Tensor[], Tensor[]>) Cell(Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor)> module) => (module, x =>
    {
        var (h, c) = module.call(x[0], x.Length > 1 ? (x[1], x[2]) : null);
        return [h, c];
    });

    private static (Module, Func<Tensor[], Tensor[]>) Recurrent(Module<Tensor, Tensor?, (Tensor, Tensor)> module) => (module, x =>
    {
        var (output, h) = module.call(x[0], x.ElementAtOrDefault(1));
        return [output, h];
    });

    private static (Module, Func<Tensor[], Tensor[]>) Recurrent(Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)> module) => (module, x =>
    {
        var (output, h, c) = module.call(x[0], x.Length > 1 ? (x[1], x[2]) : null);
        return [output, h, c];
    });
}
