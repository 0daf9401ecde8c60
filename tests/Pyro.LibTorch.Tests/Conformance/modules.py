#!/usr/bin/python3
"""Writes modules.json: each module of torch.nn with its first values, its outputs, gradients and buffers as PyTorch has them, and each initializer.

Run with Debian's python3-torch, as expected.py beside it. A case here and the case of the same name in ModuleConformanceTests.cs make the same module.
"""
import json
import math
import os
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

sys.dont_write_bytecode = True
from expected import HERE, T, fixed, ints, written

SEED = 7
CASES = []


def case(name, make, *inputs, train=True):
    """A module that make() makes, called with the inputs. The weights of losses are state in PyTorch and not in TorchSharp, which decides here."""
    torch.manual_seed(SEED)
    module = make()
    loss = isinstance(module, nn.modules.loss._Loss)
    state_of = lambda: [] if loss else [[key, written(value.detach())] for key, value in module.state_dict().items()]
    first = state_of()
    module.double()
    with torch.no_grad():
        for place, parameter in enumerate(module.parameters()):
            parameter.copy_(fixed(*parameter.shape, low=-0.8, high=0.9, start=3 * place))
    module.train(train)
    state = state_of()
    outputs = flat(module(*inputs))
    total = sum((out * torch.arange(1, out.numel() + 1, dtype=torch.float64).cos().view(out.shape)).sum() for out in outputs)
    leaves = [t for t in flat(inputs) if t.requires_grad]
    entry = {"module": name, "train": train, "first": first, "state": state, "inputs": [written(t) for t in flat(inputs)],
             "outputs": [written(out.detach()) for out in outputs]}
    if total.requires_grad:
        total.backward()
        entry["grads"] = [written(leaf.grad) for leaf in leaves]
        entry["parameterGrads"] = [[key, written(p.grad)] for key, p in module.named_parameters() if p.grad is not None]
    entry["buffers"] = [] if loss else [[key, written(b)] for key, b in module.named_buffers()]
    CASES.append(entry)


class Call(nn.Module):
    """A function as a module."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


def functions():
    """What functional makes of several operations."""
    f = lambda name, function, *inputs: case(name, lambda: Call(function), *inputs)
    v = lambda *shape, start=0: T(2, 2, *shape, start=start)
    f("interpolate by a factor", lambda x: F.interpolate(x, scale_factor=1.7), v(3))
    f("interpolate by a factor, computed anew", lambda x: F.interpolate(x, scale_factor=1.7, mode="linear", recompute_scale_factor=True), v(4))
    f("interpolate by area", lambda x: F.interpolate(x, scale_factor=(0.5, 0.7), mode="area"), v(4, 5))
    f("interpolate to a size", lambda x: F.interpolate(x, (3, 2), mode="bicubic", align_corners=True), v(2, 3))
    f("upsample", lambda x: F.upsample(x, 5, mode="linear"), v(3))
    f("upsample_nearest", lambda x: F.upsample_nearest(x, scale_factor=2), v(3))
    f("upsample_bilinear", lambda x: F.interpolate(x, scale_factor=2, mode="bilinear"), v(2, 3))
    f("unfold", lambda x: F.unfold(x, 2, 1, 1, 2), v(3, 4))
    f("unfold by pairs", lambda x: F.unfold(x, (2, 1), stride=(1, 2)), v(3, 4))
    f("fold", lambda x: F.fold(x, 3, 2), T(1, 8, 4))
    f("fold by pairs", lambda x: F.fold(x, (3, 4), (2, 1), stride=(1, 2)), T(1, 4, 4))
    f("conv1d same", lambda x, w: F.conv1d(x, w, padding="same", dilation=2), v(5), T(3, 2, 3, start=4))
    f("lp_pool1d", lambda x: F.lp_pool1d(x, 3.0, 2), v(5))
    f("lp_pool2d", lambda x: F.lp_pool2d(x, 2.0, (2, 1), 1), v(3, 4))
    f("max_unpool1d", lambda x, i: F.max_unpool1d(x, i, 2, output_size=[7]), v(3, start=4), F.max_pool1d(v(7).detach(), 2, return_indices=True)[1])
    f("max_unpool2d", lambda x, i: F.max_unpool2d(x, i, 2), v(2, 2, start=4), F.max_pool2d(v(4, 4).detach(), 2, return_indices=True)[1])
    f("local_response_norm", lambda x: F.local_response_norm(x, 3, 0.1, 0.6, 1.5), T(1, 4, 3))
    f("local_response_norm of images", lambda x: F.local_response_norm(x, 2), T(1, 3, 2, 2))
    f("multilabel_soft_margin_loss", lambda x, y, w: F.multilabel_soft_margin_loss(x, y, w), T(2, 3), fixed(2, 3, start=4).round(), fixed(3))
    f("triplet_margin_with_distance_loss", lambda x, y, z: F.triplet_margin_with_distance_loss(x, y, z, swap=True, reduction="sum"), T(2, 3), T(2, 3, start=4), T(2, 3, start=8))
    attention = lambda q, k, v, mask: torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]) + mask, -1) @ v
    mask = torch.full((3, 4), -math.inf, dtype=torch.float64).triu(1)
    f("scaled_dot_product_attention", lambda q, k, v: attention(q, k, v, 0), T(2, 3, 2), T(2, 4, 2, start=4), T(2, 4, 5))
    f("scaled_dot_product_attention, causal", lambda q, k, v: attention(q, k, v, mask), T(2, 3, 2), T(2, 4, 2, start=4), T(2, 4, 5))
    f("scaled_dot_product_attention, masked", lambda q, k, v, m: attention(q, k, v, m), T(2, 3, 2), T(2, 4, 2, start=4), T(2, 4, 5), fixed(3, 4))


def flat(value):
    return [value] if isinstance(value, torch.Tensor) else [leaf for item in value if item is not None for leaf in flat(item)]


def layers():
    case("Linear", lambda: nn.Linear(3, 4), T(2, 3))
    case("Linear without bias", lambda: nn.Linear(3, 4, bias=False), T(2, 3))
    case("Identity", nn.Identity, T(2, 3))
    case("Bilinear", lambda: nn.Bilinear(3, 2, 4), T(2, 3), T(2, 2, start=4))
    case("Bilinear without bias", lambda: nn.Bilinear(3, 2, 4, bias=False), T(2, 3), T(2, 2, start=4))
    case("Embedding", lambda: nn.Embedding(5, 3), ints([[4, 0], [2, 2]]))
    case("Embedding with padding", lambda: nn.Embedding(5, 3, padding_idx=2), ints([4, 2, 2]))
    case("Flatten", nn.Flatten, T(2, 3, 2))
    case("Unflatten", lambda: nn.Unflatten(1, (3, 2)), T(2, 6))
    case("Sequential", lambda: nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)), T(2, 3))
    for train in [True, False]:
        case("BatchNorm1d", lambda: nn.BatchNorm1d(3), T(4, 3), train=train)
        case("BatchNorm2d", lambda: nn.BatchNorm2d(2), T(2, 2, 2, 3), train=train)
        case("BatchNorm1d without scale", lambda: nn.BatchNorm1d(3, eps=1e-3, momentum=0.3, affine=False), T(4, 3), train=train)
        case("BatchNorm1d without statistics", lambda: nn.BatchNorm1d(3, track_running_stats=False), T(4, 3, 2), train=train)
        case("BatchNorm3d", lambda: nn.BatchNorm3d(2), T(2, 2, 2, 1, 3), train=train)
        case("InstanceNorm1d", lambda: nn.InstanceNorm1d(2, affine=True, track_running_stats=True), T(2, 2, 4), train=train)
    case("InstanceNorm1d of one", lambda: nn.InstanceNorm1d(2), T(2, 4))
    case("InstanceNorm2d", lambda: nn.InstanceNorm2d(2, eps=1e-3), T(2, 2, 2, 3))
    case("InstanceNorm3d", lambda: nn.InstanceNorm3d(2, affine=True), T(2, 2, 2, 1, 3))
    case("GroupNorm", lambda: nn.GroupNorm(2, 4), T(2, 4, 3))
    case("GroupNorm without scale", lambda: nn.GroupNorm(2, 4, eps=1e-3, affine=False), T(2, 4, 3))
    case("LocalResponseNorm", lambda: nn.LocalResponseNorm(3, 0.1, 0.6, 1.5), T(1, 4, 3))
    case("LayerNorm", lambda: nn.LayerNorm([3, 2]), T(4, 3, 2))
    case("LayerNorm without scale", lambda: nn.LayerNorm(3, eps=1e-3, elementwise_affine=False), T(4, 3))
    for name in ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"]:
        case(name, getattr(nn, name), T(2, 3, 2), train=False)


def recurrent():
    for name in ["RNN", "GRU", "LSTM"]:
        make = getattr(nn, name)
        states = lambda n: (T(n, 2, 2, start=3), T(n, 2, 2, start=5)) if name == "LSTM" else T(n, 2, 2, start=3)
        case(name, lambda: make(3, 2), T(4, 2, 3))
        case(name + " with a state", lambda: make(3, 2), T(4, 2, 3), states(1))
        case(name + " of two layers and directions", lambda: make(3, 2, num_layers=2, bidirectional=True, batch_first=True), T(2, 4, 3), states(4))
        case(name + " without bias", lambda: make(3, 2, bias=False), T(4, 3))
        cell = getattr(nn, name + "Cell")
        state = (T(2, 2, start=3), T(2, 2, start=5)) if name == "LSTM" else T(2, 2, start=3)
        case(name + "Cell", lambda: cell(3, 2), T(2, 3))
        case(name + "Cell with a state", lambda: cell(3, 2, bias=False), T(2, 3), state)
    case("RNN with rectifiers", lambda: nn.RNN(3, 2, nonlinearity="relu"), T(4, 2, 3))
    case("RNNCell with rectifiers", lambda: nn.RNNCell(3, 2, nonlinearity="relu"), T(2, 3))


def images():
    case("Conv2d", lambda: nn.Conv2d(2, 4, 3), T(2, 2, 4, 5))
    case("Conv2d with everything", lambda: nn.Conv2d(2, 4, (3, 2), (2, 1), (1, 2), (1, 2), groups=2, bias=False), T(1, 2, 5, 5))
    case("Conv2d same", lambda: nn.Conv2d(1, 2, 3, padding="same"), T(1, 1, 3, 4))
    case("Conv2d reflect", lambda: nn.Conv2d(1, 2, 3, padding=1, padding_mode="reflect"), T(1, 1, 3, 4))
    case("Conv2d circular", lambda: nn.Conv2d(1, 2, 3, padding=1, padding_mode="circular"), T(1, 1, 3, 4))
    case("Conv1d", lambda: nn.Conv1d(2, 4, 3, 2, 1, 1, groups=2), T(1, 2, 6))
    case("Conv1d same", lambda: nn.Conv1d(1, 2, 4, padding="same", bias=False), T(1, 1, 5))
    case("Conv1d circular", lambda: nn.Conv1d(1, 2, 3, padding=1, padding_mode="circular"), T(2, 1, 5))
    case("Conv3d", lambda: nn.Conv3d(1, 2, 2, padding=1), T(1, 1, 2, 3, 2))
    case("Conv3d with everything", lambda: nn.Conv3d(2, 2, (1, 2, 3), (2, 1, 1), (0, 1, 1), (1, 1, 2), 2, False), T(1, 2, 2, 3, 4))
    case("Conv3d replicate", lambda: nn.Conv3d(1, 2, (2, 3, 1), padding="same", padding_mode="replicate"), T(1, 1, 2, 3, 2))
    case("ConvTranspose1d", lambda: nn.ConvTranspose1d(2, 3, 3, 2, 1, 1), T(1, 2, 3))
    case("ConvTranspose3d", lambda: nn.ConvTranspose3d(2, 1, 2), T(1, 2, 2, 2, 2))
    case("ConvTranspose3d with everything", lambda: nn.ConvTranspose3d(2, 2, (1, 2, 3), (2, 1, 1), (0, 1, 1), (1, 0, 0), 2, False, (1, 1, 2)), T(1, 2, 2, 3, 4))
    case("ConvTranspose2d", lambda: nn.ConvTranspose2d(2, 3, 3), T(1, 2, 3, 2))
    case("ConvTranspose2d with everything", lambda: nn.ConvTranspose2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 0), 2, False, (1, 2)), T(1, 2, 3, 3))
    case("MaxPool2d", lambda: nn.MaxPool2d(2), T(1, 2, 4, 5))
    case("MaxPool2d with everything", lambda: nn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2), ceil_mode=True), T(1, 2, 5, 5))
    case("AvgPool2d", lambda: nn.AvgPool2d(2), T(1, 2, 4, 5))
    case("AvgPool2d with everything", lambda: nn.AvgPool2d((3, 2), (2, 1), (1, 0), ceil_mode=True, count_include_pad=False, divisor_override=3), T(1, 2, 5, 5))


def windows():
    signals, volumes = lambda: T(1, 2, 7), lambda: T(1, 2, 4, 3, 4)
    case("MaxPool1d", lambda: nn.MaxPool1d(2), signals())
    case("MaxPool1d with everything", lambda: nn.MaxPool1d(3, 2, 1, 2, ceil_mode=True), signals())
    case("MaxPool3d", lambda: nn.MaxPool3d(2), volumes())
    case("MaxPool3d with everything", lambda: nn.MaxPool3d((2, 1, 3), (1, 2, 2), (1, 0, 1), (2, 1, 1), ceil_mode=True), volumes())
    case("AvgPool1d", lambda: nn.AvgPool1d(2), signals())
    case("AvgPool1d with everything", lambda: nn.AvgPool1d(3, 2, 1, True, False), signals())
    case("AvgPool3d", lambda: nn.AvgPool3d(2), volumes())
    case("AvgPool3d with everything", lambda: nn.AvgPool3d((2, 1, 3), (1, 2, 2), (1, 0, 1), True, False, 5), volumes())
    for kind in ["Avg", "Max"]:
        case(f"Adaptive{kind}Pool1d", lambda: getattr(nn, f"Adaptive{kind}Pool1d")(3), signals())
        case(f"Adaptive{kind}Pool2d", lambda: getattr(nn, f"Adaptive{kind}Pool2d")((3, 2)), T(1, 2, 4, 5))
        case(f"Adaptive{kind}Pool3d", lambda: getattr(nn, f"Adaptive{kind}Pool3d")((3, 2, 2)), volumes())
    case("LPPool1d", lambda: nn.LPPool1d(3.0, 2), signals())
    case("LPPool2d", lambda: nn.LPPool2d(2.0, (2, 1), 1), T(1, 2, 4, 5))
    case("Unfold", lambda: nn.Unfold(2, 1, 1, 2), T(1, 2, 3, 4))
    case("Fold", lambda: nn.Fold((3, 4), (2, 1), stride=(1, 2)), T(1, 4, 4))
    case("PixelShuffle", lambda: nn.PixelShuffle(2), T(1, 4, 1, 2))
    case("PixelUnshuffle", lambda: nn.PixelUnshuffle(2), T(1, 1, 2, 4))
    case("ChannelShuffle", lambda: nn.ChannelShuffle(2), fixed(1, 4, 1, 2))
    case("Upsample", lambda: nn.Upsample(scale_factor=2), T(1, 2, 3))
    case("Upsample to a size", lambda: nn.Upsample((3, 5), mode="bilinear", align_corners=True), T(1, 2, 2, 3))
    shapes = {1: (1, 2, 3), 2: (1, 2, 3, 3), 3: (1, 2, 3, 3, 3)}
    for n in [1, 2, 3]:
        sides = (1, 2, 0, 1, 2, 1)[: 2 * n]
        for kind, more in [("Constant", (0.5,)), ("Reflection", ()), ("Replication", ())]:
            make = getattr(nn, f"{kind}Pad{n}d")
            case(f"{kind}Pad{n}d", lambda: make(sides, *more), T(*shapes[n]))
            case(f"{kind}Pad{n}d all around", lambda: make(1, *more), T(*shapes[n]))
    case("ZeroPad2d", lambda: nn.ZeroPad2d((1, 2, 0, 1)), T(1, 2, 3, 3))


def activations():
    x = lambda: T(2, 4, low=-4, high=4)
    for name in ["CELU", "ELU", "GELU", "Hardshrink", "Hardsigmoid", "Hardswish", "Hardtanh", "LeakyReLU", "LogSigmoid", "Mish", "ReLU", "ReLU6", "SELU",
                 "Sigmoid", "SiLU", "Softplus", "Softshrink", "Softsign", "Tanh", "Tanhshrink"]:
        case(name, getattr(nn, name), x())
    for name in ["LogSoftmax", "Softmax", "Softmin"]:
        case(name, lambda: getattr(nn, name)(1), x())
    case("GELU by tanh", lambda: nn.GELU("tanh"), x())
    case("GLU", nn.GLU, x())
    case("RReLU", nn.RReLU, x(), train=False)
    case("Softmax2d", nn.Softmax2d, T(1, 2, 2, 2))
    case("PReLU", nn.PReLU, x())
    case("PReLU of channels", lambda: nn.PReLU(4, 0.1), x())
    case("Threshold", lambda: nn.Threshold(0.5, -1), x())


def losses():
    a, b, weight = (lambda: T(2, 3)), (lambda: fixed(2, 3, start=4)), fixed(3)
    signs = torch.tensor([[1.0, -1, 1], [-1, 1, -1]], dtype=torch.float64)
    classes = ints([2, 0])
    for name in ["MSELoss", "L1Loss", "HuberLoss", "SmoothL1Loss"]:
        for reduction in ["mean", "sum", "none"]:
            case(f"{name} {reduction}", lambda: getattr(nn, name)(reduction=reduction), a(), b())
    case("SoftMarginLoss", nn.SoftMarginLoss, a(), signs)
    case("KLDivLoss", lambda: nn.KLDivLoss(log_target=True), a(), b())
    case("PoissonNLLLoss", nn.PoissonNLLLoss, a(), b())
    case("PoissonNLLLoss full", lambda: nn.PoissonNLLLoss(log_input=False, full=True), a(), b() * 5)
    case("NLLLoss", nn.NLLLoss, a(), classes)
    case("NLLLoss weighted", lambda: nn.NLLLoss(weight, reduction="sum"), a(), classes)
    case("BCELoss", nn.BCELoss, a(), b())
    case("BCELoss weighted", lambda: nn.BCELoss(weight, reduction="sum"), a(), b())
    case("BCEWithLogitsLoss", nn.BCEWithLogitsLoss, a(), b())
    case("BCEWithLogitsLoss weighted", lambda: nn.BCEWithLogitsLoss(weight, pos_weight=weight * 2), a(), b())
    case("CrossEntropyLoss", nn.CrossEntropyLoss, a(), classes)
    case("CrossEntropyLoss weighted", lambda: nn.CrossEntropyLoss(weight, ignore_index=2, reduction="sum"), a(), classes)
    case("GaussianNLLLoss", nn.GaussianNLLLoss, a(), b(), T(2, 3, start=9))


def comparisons():
    a, b, c = (lambda: T(2, 3)), (lambda: T(2, 3, start=4)), (lambda: T(2, 3, start=9))
    signs, sign = torch.tensor([[1.0, -1, 1], [-1, 1, -1]], dtype=torch.float64), torch.tensor([1.0, -1], dtype=torch.float64)
    case("CosineSimilarity", lambda: nn.CosineSimilarity(0), a(), b())
    case("PairwiseDistance", lambda: nn.PairwiseDistance(3.0, keepdim=True), a(), b())
    case("HingeEmbeddingLoss", nn.HingeEmbeddingLoss, a(), signs)
    case("MarginRankingLoss", lambda: nn.MarginRankingLoss(0.2, reduction="none"), a(), b(), signs)
    case("CosineEmbeddingLoss", lambda: nn.CosineEmbeddingLoss(0.2), a(), b(), sign)
    case("MultiLabelMarginLoss", nn.MultiLabelMarginLoss, a(), ints([[0, 2, -1], [1, -1, 0]]))
    case("MultiLabelSoftMarginLoss", lambda: nn.MultiLabelSoftMarginLoss(fixed(3), reduction="sum"), a(), b().detach().round())
    case("MultiMarginLoss", lambda: nn.MultiMarginLoss(2, 0.5, fixed(3)), a(), ints([2, 0]))
    case("TripletMarginLoss", lambda: nn.TripletMarginLoss(0.8, 2, swap=True), a(), b(), c())
    case("TripletMarginWithDistanceLoss", lambda: nn.TripletMarginWithDistanceLoss(distance_function=lambda x, y: (x - y).abs().sum(1), margin=0.8), a(), b(), c())
    case("CTCLoss", nn.CTCLoss, F.log_softmax(fixed(4, 1, 3, low=-2, high=2), 2).requires_grad_(), ints([[1, 2]]), ints([4]), ints([2]))


def initializers():
    made = []

    def init(name, change, *shape):
        torch.manual_seed(SEED)
        made.append({"init": name, "shape": list(shape), "values": written(change(torch.zeros(shape)).detach())})

    init("ones_", nn.init.ones_, 2, 3)
    init("zeros_", nn.init.zeros_, 2, 3)
    init("constant_", lambda t: nn.init.constant_(t, 0.5), 2, 3)
    init("eye_", nn.init.eye_, 2, 3)
    init("dirac_", nn.init.dirac_, 3, 2, 3)
    init("uniform_", lambda t: nn.init.uniform_(t, -2, 3), 2, 3)
    init("normal_", lambda t: nn.init.normal_(t, 1, 2), 2, 3)
    init("trunc_normal_", lambda t: nn.init.trunc_normal_(t, 1, 2, -1, 2), 2, 3)
    init("orthogonal_", lambda t: nn.init.orthogonal_(t, 2), 2, 3)
    init("orthogonal_ tall", nn.init.orthogonal_, 4, 2, 1)
    init("kaiming_uniform_", nn.init.kaiming_uniform_, 4, 3)
    init("kaiming_uniform_ fan out", lambda t: nn.init.kaiming_uniform_(t, 0.3, "fan_out"), 4, 3, 2)
    init("kaiming_uniform_ tanh", lambda t: nn.init.kaiming_uniform_(t, nonlinearity="tanh"), 4, 3)
    init("kaiming_normal_", nn.init.kaiming_normal_, 4, 3)
    init("kaiming_normal_ relu", lambda t: nn.init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"), 4, 3)
    init("xavier_uniform_", lambda t: nn.init.xavier_uniform_(t, 1.5), 4, 3)
    init("xavier_normal_", nn.init.xavier_normal_, 4, 3, 2)
    return made


def main():
    for cases in [layers, recurrent, images, windows, activations, losses, comparisons, functions]:
        cases()
    with open(os.path.join(HERE, "modules.json"), "w", encoding="utf-8") as file:
        file.write('{"torch": "%s", "seed": %d, "modules": [\n' % (torch.__version__, SEED))
        file.write(",\n".join(json.dumps(entry, separators=(",", ":")) for entry in CASES))
        file.write('\n], "initializers": [\n')
        file.write(",\n".join(json.dumps(entry, separators=(",", ":")) for entry in initializers()))
        file.write("\n]}\n")
    print(f"{len(CASES)} cases of modules")


main()
