#!/usr/bin/python3
"""Writes expected.json: where PyTorch's optimizers take two parameters in 20 steps, and what rates its schedules give.

Run with Debian's python3-torch: /usr/bin/python3 tests/Pyro.LibTorch.Tests/Optim/expected.py
OptimizerTests.cs and ScheduleTests.cs have the same optimizers and schedules by the same names.
"""
import json
import os
import warnings

import torch
from torch import optim
from torch.optim import lr_scheduler as schedule

HERE = os.path.dirname(os.path.abspath(__file__))
warnings.simplefilter("ignore")
torch.set_num_threads(1)
# ASGD keeps its rates in tensors of the default type.
torch.set_default_dtype(torch.float64)



class NAdam(optim.Optimizer):
    """As PyTorch has had it since 2.0; 1.13 multiplies the momentum's product once too often."""

    def __init__(self, p, lr=2e-3, beta1=0.9, beta2=0.999, eps=1e-8, decay=4e-3):
        super().__init__(p, {})
        self.options = lr, beta1, beta2, eps, decay
        self.t, self.product = 0, 1.0
        self.kept = [(torch.zeros_like(x), torch.zeros_like(x)) for x in p]

    @torch.no_grad()
    def step(self):
        lr, beta1, beta2, eps, decay = self.options
        self.t += 1
        now, after = (beta1 * (1 - 0.5 * 0.96 ** (t * decay)) for t in (self.t, self.t + 1))
        self.product *= now
        for x, (mean, square) in zip(self.param_groups[0]["params"], self.kept):
            mean.mul_(beta1).add_(x.grad, alpha=1 - beta1)
            square.mul_(beta2).addcmul_(x.grad, x.grad, value=1 - beta2)
            spread = square.div(1 - beta2 ** self.t).sqrt().add(eps)
            x.addcdiv_(x.grad, spread, value=-lr * (1 - now) / (1 - self.product))
            x.addcdiv_(mean, spread, value=-lr * after / (1 - self.product * after))


OPTIMIZERS = {
    "sgd": lambda p: optim.SGD(p, lr=0.02),
    "sgd momentum": lambda p: optim.SGD(p, lr=0.02, momentum=0.9, dampening=0.1, weight_decay=0.01),
    "sgd nesterov": lambda p: optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True),
    "sgd maximize": lambda p: optim.SGD(p, lr=0.001, momentum=0.5, maximize=True),
    "adam": lambda p: optim.Adam(p),
    "adam options": lambda p: optim.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "adam amsgrad": lambda p: optim.Adam(p, lr=0.05, amsgrad=True),
    "adam maximize": lambda p: optim.Adam(p, lr=0.01, maximize=True),
    "adamw": lambda p: optim.AdamW(p, weight_decay=0.0),
    "adamw options": lambda p: optim.AdamW(p, lr=0.05, betas=(0.8, 0.95), weight_decay=0.1, amsgrad=True),
    "rmsprop": lambda p: optim.RMSprop(p),
    "rmsprop options": lambda p: optim.RMSprop(p, lr=0.02, alpha=0.9, eps=1e-6, weight_decay=0.1, momentum=0.5, centered=True),
    "adagrad": lambda p: optim.Adagrad(p),
    "adagrad options": lambda p: optim.Adagrad(p, lr=0.1, lr_decay=0.01, weight_decay=0.1, initial_accumulator_value=0.2),
    "adadelta": lambda p: optim.Adadelta(p),
    "adadelta options": lambda p: optim.Adadelta(p, lr=0.5, rho=0.8, eps=1e-5, weight_decay=0.1),
    "adamax": lambda p: optim.Adamax(p),
    "adamax options": lambda p: optim.Adamax(p, lr=0.05, betas=(0.8, 0.95), weight_decay=0.1),
    "asgd": lambda p: optim.ASGD(p, lr=1e-3),
    "asgd options": lambda p: optim.ASGD(p, lr=0.02, lambd=1e-2, alpha=0.5, t0=5, weight_decay=0.1),
    "rprop": lambda p: optim.Rprop(p),
    "rprop options": lambda p: optim.Rprop(p, lr=0.05, etas=(0.4, 1.5), step_sizes=(1e-4, 0.5)),
    "radam": lambda p: optim.RAdam(p, lr=0.02, weight_decay=0.1),
    "nadam": lambda p: NAdam(p),
    "nadam options": lambda p: NAdam(p, lr=0.05, beta1=0.8, beta2=0.95, decay=0.1),
    "lbfgs": lambda p: optim.LBFGS(p, lr=0.1, max_iter=4, history_size=3),
    "lbfgs long": lambda p: optim.LBFGS(p, lr=0.01),
}

SCHEDULES = {
    "step": lambda o: schedule.StepLR(o, 3, gamma=0.5),
    "multistep": lambda o: schedule.MultiStepLR(o, [2, 5, 5, 11], gamma=0.5),
    "constant": lambda o: schedule.ConstantLR(o, factor=0.25, total_iters=4),
    "linear": lambda o: schedule.LinearLR(o, start_factor=0.25, end_factor=0.75, total_iters=6),
    "exponential": lambda o: schedule.ExponentialLR(o, 0.9),
    "polynomial": lambda o: schedule.PolynomialLR(o, total_iters=8, power=2.0),
    "cosine": lambda o: schedule.CosineAnnealingLR(o, 6, eta_min=0.001),
    "lambda": lambda o: schedule.LambdaLR(o, lambda e: 1 / (1 + e)),
    "lambdas": lambda o: schedule.LambdaLR(o, [lambda e: 0.9 ** e, lambda e: 1 + e]),
    "multiplicative": lambda o: schedule.MultiplicativeLR(o, lambda e: 0.95),
    "cyclic": lambda o: schedule.CyclicLR(o, 0.01, 0.1, step_size_up=4, step_size_down=6),
    "cyclic halving": lambda o: schedule.CyclicLR(o, [0.01, 0.02], [0.1, 0.3], step_size_up=3, mode="triangular2"),
    "cyclic range": lambda o: schedule.CyclicLR(o, 0.01, 0.1, step_size_up=4, mode="exp_range", gamma=0.97),
    "one cycle": lambda o: schedule.OneCycleLR(o, 0.1, total_steps=30),
    "one cycle phases": lambda o: schedule.OneCycleLR(o, [0.1, 0.2], epochs=6, steps_per_epoch=5, anneal_strategy="linear", three_phase=True),
    "chained": lambda o: schedule.ChainedScheduler([schedule.ConstantLR(o, factor=0.1, total_iters=2), schedule.ExponentialLR(o, gamma=0.9)]),
    "sequential": lambda o: schedule.SequentialLR(o, [schedule.ConstantLR(o, factor=0.1, total_iters=2), schedule.ExponentialLR(o, gamma=0.9)], [4]),
}

PLATEAUS = {
    "plateau": dict(factor=0.5, patience=2),
    "plateau absolute": dict(mode="max", factor=0.1, patience=1, threshold=0.05, threshold_mode="abs", cooldown=2, min_lr=[0.002, 0.001]),
}
MEASURED = [5.0, 4.0, 4.0, 3.99999, 4.1, 4.2, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 2.0, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5]


def parameters(dtype):
    w = torch.tensor([[0.9, -0.4, 0.3], [0.1, 1.2, -1.1]], dtype=dtype)
    b = torch.tensor(0.5, dtype=dtype)
    return w.requires_grad_(), b.requires_grad_()


def loss(w, b):
    c = torch.tensor([0.2, -0.3, 0.5], dtype=w.dtype)
    return (w ** 4 / 4 - w * c).sum() + (b - w.sum()) ** 2


def path(make, dtype):
    w, b = parameters(dtype)
    optimizer = make([w, b])

    def closure():
        optimizer.zero_grad()
        value = loss(w, b)
        value.backward()
        return value

    points = []
    for step in range(1, 21):
        if isinstance(optimizer, optim.LBFGS):
            optimizer.step(closure)
        else:
            closure()
            optimizer.step()
        if step in (1, 2, 5, 20):
            points.append(w.detach().flatten().tolist() + [b.item()])
    return points


def groups():
    w, b = parameters(torch.float64)
    return optim.SGD([{"params": [w]}, {"params": [b], "lr": 0.02}], lr=0.1, momentum=0.9)


def rates(make):
    optimizer = groups()
    scheduler = make(optimizer)
    rows = []
    for _ in range(25):
        rows.append([x for g in optimizer.param_groups for x in (g["lr"], g["momentum"])])
        optimizer.step()
        scheduler.step()
    return rows


def plateau(options):
    optimizer = groups()
    scheduler = schedule.ReduceLROnPlateau(optimizer, **options)
    rows = []
    for value in MEASURED:
        scheduler.step(value)
        rows.append([g["lr"] for g in optimizer.param_groups])
    return rows


def section(name, entries):
    lines = ",\n".join(f"  {json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in entries.items())
    return f"{json.dumps(name)}: {{\n{lines}\n}}"


sections = [
    section("optimizers", {name: {"float64": path(make, torch.float64), "float32": path(make, torch.float32)} for name, make in OPTIMIZERS.items()}),
    section("schedules", {name: rates(make) for name, make in SCHEDULES.items()}),
    section("plateaus", {name: plateau(options) for name, options in PLATEAUS.items()}),
]
with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as file:
    file.write("{\n" + ",\n".join([f'"made with": {json.dumps(torch.__version__)}'] + sections) + "\n}\n")
