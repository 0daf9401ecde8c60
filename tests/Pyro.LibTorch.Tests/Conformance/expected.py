#!/usr/bin/python3
"""Writes expected.json: for each operation of the tables (src/Pyro.LibTorch/native/*.def), arguments, results and gradients as PyTorch has them.

Run with Debian's python3-torch (apt-get install python3-torch): /usr/bin/python3 tests/Pyro.LibTorch.Tests/Conformance/expected.py
What an operation is called in Python, and with which arguments, is said here once more, so that the tables are held against something else.
"""
import glob
import json
import math
import os
import re

import torch
import torch.nn.functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.join(HERE, "../../../src/Pyro.LibTorch/native/*.def")
torch.set_num_threads(1)


class Operation:
    def __init__(self, macro, returns, name, parameters):
        self.macro, self.returns, self.name = macro, returns, name
        self.parameters = [(p.split("=")[0].split()[0], p.split("=")[0].split()[1]) for p in parameters]
        at = name.find("__", 1)
        self.public = name if at < 0 else name[: at + 1] if name[at + 2 : at + 3] == "_" else name[:at]


def operations():
    for path in sorted(glob.glob(TABLES)):
        for line in open(path, encoding="utf-8"):
            if m := re.match(r"UNARY\((\w+),", line):
                yield Operation("FN", "T", m[1], ["T self"])
                yield Operation("FN", "Self", m[1] + "_", ["T self"])
            elif m := re.match(r"FACTORY\((\w+), \(([^)]*)\)", line):
                yield Operation("FACTORY", "T", m[1], [p for p in m[2].split(", ") if p])
            elif m := re.match(r"(OP|FN|LR|FT|METHOD|FUNC|IN|NN)\((\w+), (\w+), \(([^)]*)\)", line):
                yield Operation(m[1], m[2], m[3], [p for p in m[4].split(", ") if p])


def numbers(count, start, low, high):
    return [round(low + (high - low) * (0.5 + 0.5 * math.sin(1.7 * (start + i) + 0.3)), 3) for i in range(count)]


def T(*shape, low=0.2, high=0.9, start=0):
    """A tensor that a gradient is taken for."""
    return torch.tensor(numbers(math.prod(shape), start, low, high), dtype=torch.float64).reshape(shape).requires_grad_()


def fixed(*shape, **how):
    return T(*shape, **how).detach()


def ints(values, dtype=torch.int64):
    return torch.tensor(values, dtype=dtype)


def spd(n=3):
    a = fixed(n, n, start=5)
    return (a @ a.t() + n * torch.eye(n, dtype=torch.float64)).detach().mul(1000).round().div(1000).requires_grad_()


def cplx(*shape):
    return torch.view_as_complex(fixed(*shape, 2)).clone()


SAMPLES = {
    "T": lambda place: T(2, 3, start=7 * place), "OT": lambda place: None, "Out": lambda place: None, "Gen": lambda place: 1,
    "Num": lambda place: 0.5, "ONum": lambda place: None, "i64": lambda place: 1, "i32": lambda place: 1, "f64": lambda place: 0.5,
    "f32": lambda place: 0.5, "bool": lambda place: True, "Dtype": lambda place: None, "OInt": lambda place: None, "ODouble": lambda place: None,
    "Red": lambda place: 1, "Ints": lambda place: [0], "Opts": lambda place: None,
}

A, B = (lambda: T(2, 3)), (lambda: T(2, 3, start=7))
whole = lambda: ints([[5, 3, 12], [7, 1, 9]])
whole2 = lambda: ints([[2, 3, 1], [3, 2, 2]])
truth = lambda: torch.tensor([[True, False, True], [False, True, True]])
index = lambda: ints([[0, 1, 0], [1, 0, 1]])

# name: (arguments, how Python says it). Where Python's name, order and keywords are the table's, SAMPLES and the name are enough.
CASES = {}
FLAGS = {}


def case(name, arguments, call=None, **flags):
    CASES.setdefault(name, []).append((arguments, call))
    FLAGS.setdefault(name, {}).update(flags)


def cases():
    c = case
    for name in ["gcd", "gcd_", "lcm", "lcm_", "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_left_shift", "bitwise_right_shift"]:
        c(name, [whole(), whole2()])
    for name in ["bitwise_and_", "bitwise_or_", "bitwise_xor_", "bitwise_left_shift_", "bitwise_right_shift_"]:
        c(name, [whole(), whole2()])
    c("bitwise_not", [whole()])
    c("bitwise_not_", [whole()])
    for name in ["acosh", "acosh_"]:
        c(name, [T(2, 3, low=1.2, high=3)])
    for name in ["erfinv", "erfinv_", "atanh", "atanh_"]:
        c(name, [T(2, 3, low=-0.9, high=0.9)])
    for suffix in ["", "_"]:
        c("add" + suffix, [A(), B()])
        c("sub" + suffix, [A(), B()])
        c("mul" + suffix, [A(), B()])
        c("add_" + suffix + "_scalar", [A(), 0.5], lambda a, s: a.add(s))
        c("add_" + suffix + "_alpha", [A(), B(), 3], lambda a, b, s: a.add(b, alpha=s))
        c("add_" + suffix + "_scalar_alpha", [A(), 0.5, 3], lambda a, b, s: a.add(b, alpha=s))
        c("sub_" + suffix + "_scalar", [A(), 0.5], lambda a, s: a.sub(s))
        c("div" + suffix, [A(), B()])
        c("div_" + suffix + "_scalar", [A(), 0.5], lambda a, s: a.div(s))
        c("div_" + suffix + "_mode", [A(), B(), "floor"], lambda a, b, m: a.div(b, rounding_mode=m), rough=True)
        c("div_" + suffix + "_scalar_mode", [A(), 0.3, "trunc"], lambda a, b, m: a.div(b, rounding_mode=m), rough=True)
        c("floor_divide" + suffix, [whole(), whole2()])
        c("floor_divide_" + suffix + "_scalar", [whole(), 2], lambda a, s: a.floor_divide(s))
        c("addcmul" + suffix, [A(), B(), T(2, 3, start=3), 0.5], lambda a, b, d, v: torch.addcmul(a, b, d, value=v))
        c("addcdiv" + suffix, [A(), B(), T(2, 3, start=3), 0.5], lambda a, b, d, v: torch.addcdiv(a, b, d, value=v))
        c("addcdiv_" + suffix + "_one", [A(), B(), T(2, 3, start=3)], lambda a, b, d: torch.addcdiv(a, b, d))
        c("clamp" + suffix, [A(), 0.3, 0.7], lambda a, lo, hi: a.clamp(lo, hi))
        c("clamp_" + suffix + "_tensor", [A(), fixed(2, 3, low=0.1, high=0.4, start=2), None], lambda a, lo, hi: a.clamp(min=lo))
        c("logit" + suffix, [A(), None], lambda a, e: torch.logit(a))
        c("logit" + suffix, [A(), 0.1], lambda a, e: torch.logit(a, eps=e))
        c("mvlgamma" + suffix, [T(2, 3, low=1.2, high=4), 2])
        c("polygamma" + suffix, [A(), 1], lambda a, n: torch.polygamma(n, a))
        c("round" + suffix, [T(2, 3, low=-9, high=9), 0], lambda a, d: torch.round(a), rough=True)
        c("round" + suffix, [T(2, 3), 1], lambda a, d: torch.round(a, decimals=d), rough=True)
        odd = torch.tensor([1.5, math.nan, math.inf, -math.inf], dtype=torch.float64)
        c("nan_to_num" + suffix, [odd, 0.5, None, None], lambda a, n, p, m: torch.nan_to_num(a, nan=n))
        c("nan_to_num" + suffix, [odd, 0.5, 7.0, -7.0], lambda a, n, p, m: torch.nan_to_num(a, n, p, m))
        c("elu" + suffix, [T(2, 3, low=-2, high=2), 0.7], lambda a, s: F.elu(a, s))
        c("elu_" + suffix + "_scale", [T(2, 3, low=-2, high=2), 0.7, 1.5, 0.9], lambda a, x, y, z: torch.ops.aten.elu(a, x, y, z))
        c("celu" + suffix, [T(2, 3, low=-2, high=2)], lambda a: F.celu(a))
        c("celu_" + suffix + "_alpha", [T(2, 3, low=-2, high=2), 0.7], lambda a, s: F.celu(a, s))
        c("hardtanh" + suffix, [T(2, 3, low=-2, high=2), -0.5, 0.6], lambda a, lo, hi: F.hardtanh(a, lo, hi))
        c("leaky_relu" + suffix, [T(2, 3, low=-2, high=2), 0.1], lambda a, s: F.leaky_relu(a, s))
        c("threshold" + suffix, [T(2, 3, low=-2, high=2), 0.1, 5.0], lambda a, s, v: F.threshold(a, s, v))
        c("rrelu" + suffix, [T(2, 3, low=-2, high=2), 0.125, 1 / 3], lambda a, lo, hi: F.rrelu(a, lo, hi))
        for name in ["gelu", "hardsigmoid", "hardswish", "relu", "relu6", "selu", "silu"]:
            c(name + suffix, [T(2, 3, low=-4, high=4)], lambda a, name=name: getattr(F, name)(a))
        for name in ["eq", "ne", "ge", "gt", "le", "lt"]:
            c(name + suffix, [fixed(2, 3), fixed(2, 3, start=3)])
            c(name + "_" + suffix + "_scalar", [fixed(2, 3), 0.5], lambda a, s, name=name: getattr(a, name)(s))
        c("index_add" + suffix, [T(3, 2), 0, ints([2, 0]), T(2, 2, start=3), 0.5], lambda a, d, i, s, v: a.index_add(d, i, s, alpha=v))
        c("index_copy" + suffix, [T(3, 2), 0, ints([2, 0]), T(2, 2, start=3)])
        c("index_fill" + suffix, [T(3, 2), 0, ints([2, 0]), 0.5])
        c("scatter" + suffix, [T(2, 3), 0, index(), T(2, 3, start=3)], lambda a, d, i, s: a.scatter(d, i, s), rough=True)
        c("scatter_add" + suffix, [T(2, 3), 0, index(), T(2, 3, start=3)])
        c("masked_fill" + suffix, [A(), truth(), 0.5])
        c("masked_scatter" + suffix, [A(), truth(), B()])
        c("lerp" + suffix, [A(), B(), T(2, 3, start=3)])
        c("tril" + suffix, [T(3, 3), -1])
        c("triu" + suffix, [T(3, 3), 1])
        c("ldexp" + suffix, [A(), whole2()])
        c("copysign" + suffix, [T(2, 3, low=-2, high=2), fixed(2, 3, low=-1, high=1, start=3)])
        c("atan2" + suffix, [A(), B()])
        c("logical_not" + suffix, [truth()])
        for name in ["logical_and", "logical_or", "logical_xor"]:
            c(name + suffix, [truth(), truth().t().reshape(2, 3)])
        c("heaviside" + suffix, [fixed(2, 3, low=-1, high=1), fixed(2, 3)])
        c("heaviside_" + suffix + "_function", [fixed(2, 3, low=-1, high=1), fixed(2, 3)], lambda a, b: torch.heaviside(a, b))
        c("nextafter" + suffix, [fixed(2, 3), fixed(2, 3, start=3)], tolerance=1e-18)
        for name in ["pow", "xlogy", "fmod", "remainder", "true_divide"]:
            if name != "true_divide":
                pass
            c(name + suffix, [T(2, 3, low=1, high=3), T(2, 3, start=5)],
              lambda a, b, name=name: getattr(a, name)(b), rough=name in ("fmod", "remainder"))
            c(name + "_" + suffix + "_scalar", [T(2, 3, low=1, high=3), 0.7], lambda a, b, name=name: getattr(a, name)(b))
        for name in ["pow", "xlogy"]:
            c(name + "_" + suffix + "_function", [A(), B()], lambda a, b, name=name: getattr(torch, name)(a, b))
            c(name + "_" + suffix + "_function_scalar", [A(), 1.5], lambda a, b, name=name: getattr(torch, name)(a, b))
        c("true_divide_" + suffix + "_function", [A(), B()], lambda a, b: a.true_divide(b))
        c("float_power" + suffix, [A(), B()])
        c("squeeze" + suffix, [T(1, 3, 1)], lambda a: a.squeeze())
        c("squeeze_" + suffix + "_dim", [T(1, 3, 1), 2], lambda a, d: a.squeeze(d))
        c("addmm" + suffix, [T(2, 2), T(2, 3), T(3, 2, start=4), 0.5, 2.0], lambda a, b, d, x, y: torch.addmm(a, b, d, beta=x, alpha=y))
        c("addmv" + suffix, [T(2), T(2, 3), T(3, start=4), 0.5, 2.0], lambda a, b, d, x, y: torch.addmv(a, b, d, beta=x, alpha=y))
        c("addr" + suffix, [T(2, 3), T(2), T(3, start=4), 0.5, 2.0], lambda a, b, d, x, y: torch.addr(a, b, d, beta=x, alpha=y))
        c("addbmm" + suffix, [T(2, 2), T(3, 2, 3), T(3, 3, 2, start=4), 0.5, 2.0],
          lambda a, b, d, x, y: torch.addbmm(a, b, d, beta=x, alpha=y))
        c("unsqueeze" + suffix, [A(), 1])
        c("transpose" + suffix, [A(), 0, 1])
    c("multiply_", [A(), B()], lambda a, b: a.mul(b))
    c("multiply___scalar", [A(), 0.5], lambda a, b: a.mul(b))
    c("mul__scalar", [A(), 0.5], lambda a, b: a.mul(b))
    c("mul___scalar", [A(), 0.5], lambda a, b: a.mul(b))
    c("rsub", [A(), 0.5], lambda a, s: torch.rsub(a, s))
    c("rdiv", [A(), 0.5], lambda a, s: s / a)
    c("arctan__two", [A(), B()], lambda a, b: torch.atan2(a, b))
    c("arctan___two", [A(), B()], lambda a, b: torch.atan2(a, b))
    c("igamma", [fixed(2, 3), T(2, 3, start=3)])
    c("igammac", [fixed(2, 3), T(2, 3, start=3)])
    c("hypot__function", [A(), B()], lambda a, b: torch.hypot(a, b))
    c("max__other", [A(), B()], lambda a, b: torch.maximum(a, b))
    c("min__other", [A(), B()], lambda a, b: torch.minimum(a, b))
    c("clip", [A(), 0.3, None], lambda a, lo, hi: a.clip(lo))
    c("fill_", [A(), 0.5])
    c("zero_", [A()], lambda a: a * 0)
    c("negative_", [A()], lambda a: -a)
    c("bitwise_not", [truth()])
    c("isin", [ints([1, 2, 3]), ints([2, 9]), False, True], lambda a, b, u, i: torch.isin(a, b, assume_unique=u, invert=i))
    c("isclose", [fixed(2, 3), fixed(2, 3) * (1 + 1e-6), 1e-5, 1e-8, False])
    c("allclose", [fixed(2, 3), fixed(2, 3) * 1.1, 1e-5, 1e-8, False])
    c("same", [fixed(2, 3), fixed(2, 3)], torch.equal)
    c("equal", [fixed(2, 3), fixed(2, 3, start=3)], lambda a, b: a.eq(b))
    for name, real in [("not_equal", "ne"), ("not_equal_", "ne_"), ("greater_equal", "ge"), ("greater", "gt"), ("less_equal", "le"), ("less_equal_", "le_"), ("less", "lt")]:
        c(name, [fixed(2, 3), fixed(2, 3, start=3)], lambda a, b, real=real: getattr(a, real.rstrip("_"))(b))
    # Elementwise.
    c("angle", [cplx(3)])
    c("conj", [cplx(3)])
    c("conj_physical", [cplx(3)])
    c("conj_physical_", [cplx(3)])
    c("real", [cplx(3)])
    c("imag", [cplx(3)])
    c("view_as_real", [cplx(3)])
    c("view_as_complex", [T(3, 2)])
    c("resolve_conj", [cplx(3)])
    c("is_conj", [cplx(3)], lambda a: a.is_conj())
    c("is_neg", [A()], lambda a: a.is_neg())
    c("complex", [fixed(3), fixed(3, start=4)])
    c("polar", [fixed(3), fixed(3, start=4)])
    for name in ["isnan", "isfinite", "isinf", "isposinf", "isneginf"]:
        c(name, [torch.tensor([1.5, math.nan, math.inf, -math.inf], dtype=torch.float64)])
    c("isreal", [cplx(3)])
    c("signbit", [fixed(2, 3, low=-1, high=1)])
    c("frexp", [fixed(2, 3)])
    c("log_sigmoid", [T(2, 3, low=-3, high=3)], F.logsigmoid)
    c("softplus", [T(2, 3, low=-3, high=3), 2.0, 20.0], F.softplus)
    c("glu", [T(2, 4), 1], F.glu)
    c("prelu", [T(2, 3, low=-2, high=2), T(3)])
    c("softmax__function", [A(), 1, None], lambda a, d, t: torch.softmax(a, d))
    c("softmax", [A(), 1, None], lambda a, d, t: torch.softmax(a, d))
    c("log_softmax", [A(), 1, None], lambda a, d, t: torch.log_softmax(a, d))
    for name in ["abs", "abs_", "sign", "sign_", "sgn", "sgn_"]:
        c(name, [T(2, 3, low=-2, high=2)])
    for name in ["ceil", "floor", "trunc", "frac", "ceil_", "floor_", "trunc_", "frac_"]:
        c(name, [T(2, 3, low=-3, high=3)])
    # Factories.
    c("zeros", [[2, 3], "float64"], lambda s, t: torch.zeros(s, dtype=torch.float64))
    c("ones", [[2, 3], "int32"], lambda s, t: torch.ones(s, dtype=torch.int32))
    c("full", [[2, 3], 0.5, "float64"], lambda s, v, t: torch.full(s, v, dtype=torch.float64))
    c("full", [[2], 3, None], lambda s, v, t: torch.full(s, v))
    c("zeros_like", [A(), None], lambda a, t: torch.zeros_like(a))
    c("ones_like", [A(), "int64"], lambda a, t: torch.ones_like(a, dtype=torch.int64))
    c("full_like", [A(), 0.5, None], lambda a, v, t: torch.full_like(a, v))
    c("arange", [1, 7, 2, "int64"], lambda a, b, d, t: torch.arange(a, b, d))
    c("arange", [0.5, 2, 0.25, "float64"], lambda a, b, d, t: torch.arange(a, b, d, dtype=torch.float64))
    c("eye", [2, 3, "float64"], lambda r, k, t: torch.eye(r, k, dtype=torch.float64))
    c("linspace", [0.5, 2.0, 4, "float64"], lambda a, b, n, t: torch.linspace(a, b, n, dtype=torch.float64))
    c("logspace", [0.5, 2.0, 4, 10.0, "float64"], lambda a, b, n, e, t: torch.logspace(a, b, n, e, dtype=torch.float64))
    for name in ["bartlett", "blackman", "hann"]:
        c(name + "_window", [5, True, "float64"],
          lambda n, p, t, name=name: getattr(torch, name + "_window")(n, periodic=p, dtype=torch.float64))
    c("hamming_window", [5, True, 0.5, 0.4, "float64"],
      lambda n, p, x, y, t: torch.hamming_window(n, periodic=p, alpha=x, beta=y, dtype=torch.float64))
    c("kaiser_window", [5, True, 7.0, "float64"], lambda n, p, b, t: torch.kaiser_window(n, periodic=p, beta=b, dtype=torch.float64))
    c("scalar", [0.5, "float64"], lambda v, t: torch.scalar_tensor(v, dtype=torch.float64))
    # Linear algebra.
    M, N, V = (lambda: T(3, 3)), (lambda: T(3, 2, start=4)), (lambda: T(3, start=2))
    for name in ["matmul__method", "matmul"]:
        c(name, [T(2, 2, 3), N()], torch.matmul)
    c("mm", [A(), N()])
    c("mv", [A(), V()])
    c("bmm", [T(2, 2, 3), T(2, 3, 2, start=3)])
    c("dot__method", [V(), T(3)], torch.dot)
    c("dot", [V(), T(3)])
    c("vdot", [V(), T(3)])
    c("inner", [A(), V()])
    c("outer", [V(), T(2)])
    c("kron", [T(2, 2), T(1, 2, start=3)])
    c("baddbmm", [T(2, 2, 2), T(2, 2, 3), T(2, 3, 2, start=4), 0.5, 2.0], lambda a, b, d, x, y: torch.baddbmm(a, b, d, beta=x, alpha=y))
    c("chain_matmul", [[A(), N(), T(2, 2)]], lambda a: torch.linalg.multi_dot(a))
    c("linalg_multi_dot", [[A(), N(), T(2, 2)]], lambda a: torch.linalg.multi_dot(a))
    c("einsum", ["ij,jk->ki", [A(), N()]], lambda e, a: torch.einsum(e, *a))
    c("einsum", ["bii->b", [T(2, 3, 3)]], lambda e, a: torch.einsum(e, *a))
    c("tensordot", [T(2, 3), T(3, 2, start=3), [1], [0]], lambda a, b, x, y: torch.tensordot(a, b, (x, y)))
    for name in ["det", "logdet", "inverse", "trace", "matrix_exp", "linalg_inv", "linalg_det", "linalg_cholesky", "linalg_svdvals", "linalg_matrix_exp"]:
        # The Cholesky factor reads one triangle and gives the gradient of both: no direction that leaves symmetry agrees.
        c(name, [spd()], rough=name == "linalg_cholesky")
    c("slogdet", [spd()])
    c("linalg_slogdet", [spd()])
    c("pinverse", [spd(), 1e-15, False], lambda a, r, h: torch.linalg.pinv(a))
    c("pinverse__function", [spd(), 1e-15, False], lambda a, r, h: torch.linalg.pinv(a))
    c("cholesky", [spd(), True], lambda a, u: torch.linalg.cholesky(a, upper=u), rough=True)
    L = lambda: torch.linalg.cholesky(spd().detach()).requires_grad_()
    c("cholesky_inverse", [L(), False], lambda a, u: torch.cholesky_inverse(a, upper=u), rough=True)
    c("cholesky_solve", [N(), L(), False], lambda b, a, u: torch.cholesky_solve(b, a, upper=u), rough=True)
    c("matrix_power", [M(), 3], torch.matrix_power)
    c("geqrf", [fixed(3, 2)])
    c("orgqr", [T(3, 2), T(2, start=3)])
    c("linalg_householder_product", [T(3, 2), T(2, start=3)], torch.linalg.householder_product)
    c("ormqr", [fixed(3, 2), fixed(2, start=3), fixed(3, 2, start=4), True, False])
    lu, piv = torch.linalg.lu_factor(spd().detach())
    c("lu_solve", [N().detach(), lu, piv], lambda b, a, p: torch.linalg.lu_solve(a, p, b))
    c("lu_unpack", [lu, piv, True, True])
    c("lu", [spd(), True], lambda a, p: torch.linalg.lu_factor_ex(a, pivot=p))
    c("linalg_lu_factor", [spd(), True], lambda a, p: torch.linalg.lu_factor(a, pivot=p))
    c("linalg_lu", [spd(), True], lambda a, p: torch.linalg.lu(a, pivot=p))
    c("linalg_lu_solve", [lu, piv, N().detach(), True, False, None], lambda a, p, b, l, j, o: torch.linalg.lu_solve(a, p, b))
    c("cdist", [A(), T(4, 3, start=9), 2.0, 2], lambda a, b, p, m: torch.cdist(a, b, p))
    c("cross", [A(), B(), 1], lambda a, b, d: torch.cross(a, b, dim=d))
    c("linalg_cross", [A(), B(), -1], lambda a, b, d: torch.linalg.cross(a, b, dim=d))
    c("linalg_cholesky_ex", [spd(), False], lambda a, e: torch.linalg.cholesky_ex(a), rough=True)
    c("linalg_cond", [spd(), None], lambda a, p: torch.linalg.cond(a))
    c("linalg_cond__p", [spd().detach(), 1.0], lambda a, p: torch.linalg.cond(a, p))
    c("linalg_cond__name", [spd().detach(), "fro"], lambda a, p: torch.linalg.cond(a, p))
    c("linalg_eig", [spd().detach()], torch.linalg.eig, tolerance=1e-7)
    c("linalg_eigvals", [spd().detach()], torch.linalg.eigvals, tolerance=1e-7)
    c("linalg_eigh", [spd().detach(), "L"], lambda a, u: torch.linalg.eigh(a, UPLO=u))
    c("linalg_eigvalsh", [spd(), "L"], lambda a, u: torch.linalg.eigvalsh(a, UPLO=u), rough=True)
    c("linalg_inv_ex", [spd(), False], lambda a, e: torch.linalg.inv_ex(a))
    c("linalg_lstsq", [T(4, 2).detach(), T(4, 1, start=3).detach()], torch.linalg.lstsq)
    c("linalg_lstsq__rcond", [T(4, 2).detach(), T(4, 1, start=3).detach(), 1e-9], lambda a, b, r: torch.linalg.lstsq(a, b, rcond=r))
    c("linalg_matrix_norm", [A(), "fro", [-2, -1], True], lambda a, o, d, k: torch.linalg.matrix_norm(a, o, d, k))
    c("linalg_matrix_norm__p", [A(), 1.0, [-2, -1], False], lambda a, o, d, k: torch.linalg.matrix_norm(a, o, d, k))
    c("linalg_matrix_rank", [spd().detach(), None, None, False], lambda a, x, y, h: torch.linalg.matrix_rank(a))
    c("linalg_matrix_rank__tensor", [spd().detach(), torch.tensor(4.0, dtype=torch.float64), None, False],
      lambda a, x, y, h: torch.linalg.matrix_rank(a, atol=x))
    c("linalg_pinv__tensor", [spd().detach(), torch.tensor(0.1, dtype=torch.float64), None, False],
      lambda a, x, y, h: torch.linalg.pinv(a, atol=x))
    c("linalg_norm", [A(), None, None, False], lambda a, o, d, k: torch.linalg.norm(a))
    c("linalg_norm", [A(), 3.0, [1], True], lambda a, o, d, k: torch.linalg.norm(a, o, d, k))
    c("linalg_norm__name", [A(), "nuc", None, False], lambda a, o, d, k: torch.linalg.norm(a, o))
    c("linalg_pinv", [spd(), None, None, False], lambda a, x, y, h: torch.linalg.pinv(a))
    c("linalg_qr", [T(3, 2), "reduced"], torch.linalg.qr)
    c("linalg_solve", [spd(), N(), True], lambda a, b, l: torch.linalg.solve(a, b))
    c("linalg_solve_ex", [spd(), N(), True, False], lambda a, b, l, e: torch.linalg.solve_ex(a, b))
    c("linalg_solve_triangular", [L(), N(), False, True, False, None],
      lambda a, b, u, l, n, o: torch.linalg.solve_triangular(a, b, upper=u, left=l, unitriangular=n))
    c("linalg_svd", [fixed(3, 2), False], lambda a, f: torch.linalg.svd(a, full_matrices=f))
    c("linalg_tensorinv", [spd().detach().reshape(3, 3), 1], torch.linalg.tensorinv)
    c("linalg_tensorsolve", [spd(), V(), None], lambda a, b, d: torch.linalg.tensorsolve(a, b))
    c("linalg_vander", [V(), 4], lambda a, n: torch.linalg.vander(a, N=n))
    c("linalg_vecdot", [A(), B(), -1, None], lambda a, b, d, o: torch.linalg.vecdot(a, b, dim=d))
    c("linalg_vector_norm", [A(), 3.0, [1], True], lambda a, o, d, k: torch.linalg.vector_norm(a, o, d, k))
    ld, lp = torch.linalg.ldl_factor(spd().detach())
    c("linalg_ldl_solve", [ld, lp, N().detach(), False], lambda a, p, b, h: torch.linalg.ldl_solve(a, p, b))
    c("linalg_ldl_factor", [spd().detach(), False], lambda a, h: torch.linalg.ldl_factor(a))
    c("linalg_ldl_factor_ex", [spd().detach(), False, False], lambda a, h, e: torch.linalg.ldl_factor_ex(a))
    c("linalg_diagonal", [T(3, 3), 1, 0, 1], lambda a, o, x, y: torch.linalg.diagonal(a, offset=o, dim1=x, dim2=y))
    # Reductions.
    for name in ["all", "any"]:
        c(name, [truth()])
        c(name + "__dim", [truth(), 1, True])
    for name in ["amax", "amin"]:
        c(name, [A(), [1], True])
    for name in ["argmax", "argmin", "max", "min", "mean", "median", "nanmedian", "nansum"]:
        c(name, [A()])
    for name in ["argmax", "argmin", "max", "min"]:
        c(name + "__dim", [A(), 1, True], lambda a, d, k, name=name: getattr(torch, name)(a, d, keepdim=k))
    c("aminmax", [fixed(2, 3), 1, True], lambda a, d, k: torch.aminmax(a, dim=d, keepdim=k))
    c("mean__dims", [A(), [0, 1], True, None], lambda a, d, k, t: a.mean(d, k))
    c("nanmean", [A(), [1], True, None], lambda a, d, k, t: a.nanmean(d, k))
    c("mode", [A(), 1, True], torch.mode)
    c("sum", [A(), None], lambda a, t: a.sum())
    c("sum", [truth(), None], lambda a, t: a.sum())
    c("sum__dims", [A(), [1], True, None], lambda a, d, k, t: a.sum(d, k))
    c("sum__dims", [whole(), [0], False, "float64"], lambda a, d, k, t: a.sum(d, k, dtype=torch.float64))
    c("prod", [A(), None], lambda a, t: a.prod())
    c("prod__dim", [A(), 1, True, None], lambda a, d, k, t: a.prod(d, k))
    for name in ["std", "var", "std_mean", "var_mean"]:
        c(name, [A(), False], lambda a, u, name=name: getattr(torch, name)(a, unbiased=u))
        c(name + "__dims", [A(), [1], True, True], lambda a, d, u, k, name=name: getattr(torch, name)(a, d, unbiased=u, keepdim=k))
    c("logsumexp", [A(), 1, True])
    c("cumsum", [A(), 1, None], lambda a, d, t: a.cumsum(d))
    c("cumprod", [A(), 1, None], lambda a, d, t: a.cumprod(d))
    c("cumsum__function", [A(), 1, None], lambda a, d, t: torch.cumsum(a, d))
    c("cumprod__function", [A(), 1, None], lambda a, d, t: torch.cumprod(a, d))
    c("count_nonzero", [truth(), [1]], lambda a, d: torch.count_nonzero(a, d))
    c("count_nonzero", [truth(), []], lambda a, d: torch.count_nonzero(a))
    c("quantile", [A(), fixed(2), 1, True], lambda a, q, d, k: torch.quantile(a, q, d, k))
    c("nanquantile", [A(), fixed(2), 1, True], lambda a, q, d, k: torch.nanquantile(a, q, d, k))
    c("dist", [A(), B(), 3.0])
    c("norm__p", [A(), 3.0], lambda a, p: torch.norm(a, p))
    c("norm__dim", [A(), 1, True, 3.0], lambda a, d, k, p: torch.norm(a, p, d, k))
    c("norm__function_dim", [A(), 1, True, 3.0], lambda a, d, k, p: torch.norm(a, p, d, k))
    c("norm", [A()])
    c("renorm", [A(), 2.0, 0, 0.75])
    c("argsort", [A(), 1, True], torch.argsort)
    for suffix in ["", "__function"]:
        c("sort" + suffix, [A(), 1, True, False], lambda a, d, r, s: torch.sort(a, d, r))
        c("topk" + suffix, [A(), 2, 1, True, True], torch.topk)
    c("kthvalue", [A(), 2, 1, True], torch.kthvalue)
    c("msort", [A()])
    u = lambda: ints([3, 1, 3, 3, 2])
    c("unique", [u(), True, True, True], lambda a, s, i, n: torch.unique(a, s, i, n))
    c("unique__dim", [u(), 0, True, True, True], lambda a, d, s, i, n: torch.unique(a, s, i, n, d))
    c("unique_consecutive", [u(), True, True, None], lambda a, i, n, d: torch.unique_consecutive(a, i, n))
    c("histogram", [fixed(2, 3), 4, None, None, False], lambda a, b, r, w, d: torch.histogram(a, b))
    c("histogram", [fixed(2, 3), 4, [0.2, 0.8], fixed(2, 3, start=3), True], lambda a, b, r, w, d: torch.histogram(a, b, range=r, weight=w, density=d))
    c("histogram__bins", [fixed(2, 3), fixed(4).sort()[0], None, False], lambda a, b, w, d: torch.histogram(a, b))
    for name in ["histc", "histc__function"]:
        c(name, [fixed(2, 3), 4, 0, 1], torch.histc)
    for name in ["bincount", "bincount__function"]:
        c(name, [u(), None, 6], lambda a, w, m: torch.bincount(a, minlength=m))
    c("bucketize", [fixed(2, 3), fixed(3).sort()[0], False, True], lambda a, b, o, r: torch.bucketize(a, b, right=r))
    c("searchsorted", [fixed(3).sort()[0], fixed(2, 3, start=3).reshape(6), False, True, None],
      lambda s, v, o, r, x: torch.searchsorted(s, v, right=r))
    c("searchsorted__scalar", [fixed(3).sort()[0], 0.5, False, True, None], lambda s, v, o, r, x: torch.searchsorted(s, v, right=r))
    c("cov", [A(), 1, None, None], lambda a, n, f, w: torch.cov(a, correction=n))
    c("corrcoef", [A()])
    c("diff", [A(), 1, 1, None, None], lambda a, n, d, p, q: torch.diff(a, n, d))
    for name in ["trapezoid", "trapezoid__function", "trapz", "cumulative_trapezoid", "cumulative_trapezoid__function"]:
        c(name, [A(), 0.5, 1], lambda a, dx, d, name=name: getattr(torch, name.split("__")[0])(a, dx=dx, dim=d))
    for name in ["trapezoid__x", "trapezoid__function_x", "trapz__x", "cumulative_trapezoid__x", "cumulative_trapezoid__function_x"]:
        c(name, [A(), fixed(2, 3, start=3), 1], lambda a, x, d, name=name: getattr(torch, name.split("__")[0])(a, x, dim=d))
    # Shapes.
    c("view", [A(), [3, 2]], lambda a, s: a.view(s))
    c("reshape", [A(), [3, -1]], lambda a, s: a.reshape(s))
    c("expand", [T(1, 3), [2, 3], False], lambda a, s, i: a.expand(s))
    c("repeat", [A(), [2, 1]], lambda a, s: a.repeat(s))
    c("tile", [A(), [2]], lambda a, s: a.tile(s))
    c("broadcast_to", [T(3), [2, 3]], lambda a, s: torch.broadcast_to(a, s))
    c("permute", [T(2, 3, 2), [2, 0, 1]], lambda a, d: a.permute(d))
    c("flip", [A(), [1]], lambda a, d: a.flip(d))
    c("roll", [A(), [1], [1]], lambda a, s, d: a.roll(s, d))
    c("rot90", [A(), 1, [0, 1]], torch.rot90)
    c("movedim", [T(2, 3, 2), [0], [2]], lambda a, s, d: a.movedim(s, d))
    c("unflatten", [T(6), 0, [2, 3]], lambda a, d, s: a.unflatten(d, s))
    c("as_strided", [T(6), [2, 2], [3, 1], 1], lambda a, s, t, o: a.as_strided(s, t, o))
    c("slice", [T(5), 0, 1, None, 2], lambda a, d, x, y, s: a[x:y:s])
    c("contiguous", [A()], lambda a: a.contiguous())
    c("view_as", [A(), fixed(3, 2)], lambda a, b: a.view_as(b))
    c("expand_as", [T(1, 3), fixed(2, 3)], lambda a, b: a.expand_as(b))
    c("alias", [A()], lambda a: a.view_as(a))
    c("flatten", [T(2, 3, 2), 1, 2])
    c("t", [A()])
    c("swapdims", [A(), 0, 1])
    c("swapaxes", [A(), 0, 1], lambda a, x, y: a.swapaxes(x, y))
    c("swapaxes__function", [A(), 0, 1], lambda a, x, y: a.swapaxes(x, y))
    c("adjoint", [A()], lambda a: a.adjoint())
    c("mT", [A()], lambda a: a.mT)
    c("numpy_T", [A()], lambda a: a.t())
    c("numpy_T", [T(2, 3, 2)], lambda a: a.permute(2, 1, 0))
    c("matrix_H", [A()], lambda a: a.mH)
    c("narrow", [A(), 1, 1, 2])
    c("select", [A(), 1, 2])
    c("diag", [T(3), 1])
    c("diag", [T(3, 3), 0])
    c("diag_embed", [A(), 0, -2, -1], lambda a, o, x, y: torch.diag_embed(a, o, x, y))
    c("diagflat", [A(), 0])
    c("diagonal", [T(3, 3), 1, 0, 1])
    c("unfold", [T(5), 0, 3, 2], lambda a, d, s, t: a.unfold(d, s, t))
    c("channel_shuffle", [fixed(1, 4, 1, 1), 2], torch.channel_shuffle)
    for name in ["atleast_1d", "atleast_2d", "atleast_3d"]:
        c(name, [T(3)])
    c("cat", [[A(), T(1, 3, start=4)], 0], torch.cat)
    c("stack", [[A(), B()], 1], torch.stack)
    for name in ["hstack", "vstack", "dstack", "column_stack"]:
        c(name, [[A(), B()]], getattr(torch, name))
    c("block_diag", [[A(), T(1, 1)]], lambda a: torch.block_diag(*a))
    c("cartesian_prod", [[T(2), T(3, start=4)]], lambda a: torch.cartesian_prod(*a))
    c("broadcast_tensors", [[T(1, 3), T(2, 1, start=4)]], lambda a: torch.broadcast_tensors(*a))
    c("meshgrid", [[T(2), T(3, start=4)], "xy"], lambda a, i: torch.meshgrid(*a, indexing=i))
    c("combinations", [T(3), 2, False], lambda a, r, w: torch.combinations(a, r, w))
    c("chunk", [T(5), 2, 0])
    c("split", [T(5), 2, 0])
    c("split__sizes", [T(5), [1, 4], 0], lambda a, s, d: a.split(s, d))
    c("tensor_split", [T(5), 3, 0])
    c("tensor_split__indices", [T(5), [1, 3], 0], lambda a, s, d: a.tensor_split(s, d))
    c("tensor_split__tensor", [T(5), ints([1, 3]), 0], lambda a, s, d: a.tensor_split(s, d))
    c("unbind", [A(), 1])
    c("repeat_interleave", [A(), 2, 1, None], lambda a, n, d, o: a.repeat_interleave(n, d))
    c("repeat_interleave__tensor", [A(), ints([1, 2, 0]), 1, None], lambda a, n, d, o: a.repeat_interleave(n, d))
    c("index_select", [A(), 1, ints([2, 0, 2])])
    c("gather", [A(), 0, index()])
    c("gather__sparse", [A(), 0, index(), False], lambda a, d, i, s: torch.gather(a, d, i))
    c("diagonal_scatter", [T(3, 3), T(3, start=2), 0, 0, 1])
    c("select_scatter", [A(), T(3, start=4), 0, 1])
    c("slice_scatter", [T(4), T(2, start=3), 0, 1, 3, 1], lambda a, s, d, x, y, t: torch.slice_scatter(a, s, d, x, y, t))
    c("masked_select", [A(), truth()])
    c("take", [A(), ints([5, 0])])
    c("take_along_dim", [A(), index(), 0], lambda a, i, d: torch.take_along_dim(a, i, d))
    c("nonzero", [truth()])
    c("argwhere", [truth()])
    c("where__method", [A(), truth(), B()], lambda a, m, b: a.where(m, b))
    c("where", [truth(), A(), B()])
    c("where__indices", [truth()], lambda a: torch.where(a))
    c("tril_indices", [3, 3, 0, "int64"], lambda r, k, o, t: torch.tril_indices(r, k, o))
    c("triu_indices", [3, 3, 0, "int64"], lambda r, k, o, t: torch.triu_indices(r, k, o))
    for name in ["vander", "vander__function"]:
        c(name, [fixed(3), 4, True], lambda a, n, i: torch.vander(a, n, i))
    c("clone__method", [A()], lambda a: a.clone())
    c("clone", [A()])
    c("copy_", [A(), T(3, start=5), False], lambda a, b, n: b.expand(2, 3).clone())
    c("to", [A(), "float32", False, True], lambda a, t, n, k: a.to(torch.float32), rough=True, tolerance=1e-6)
    c("type_as", [whole(), fixed(1)], lambda a, b: a.type_as(b))
    c("index", [T(3, 3), [None, ints([2, 0])]], lambda a, i: a[:, i[1]])
    c("index", [T(2, 3), [truth()]], lambda a, i: a[i[0]])
    c("index_put_", [T(3, 3), [ints([2, 2]), None], T(2, 3, start=3), True], lambda a, i, v, k: a.index_put((i[0],), v, accumulate=k))
    # Core.
    c("storage_offset", [fixed(2, 3)], lambda a: a.storage_offset())
    c("is_contiguous", [fixed(2, 3)], lambda a: a.is_contiguous())
    c("is_leaf", [fixed(2, 3)], lambda a: a.is_leaf)
    c("is_pinned", [fixed(2, 3)], lambda a: False)
    c("is_nonzero", [fixed(1)], lambda a: True)
    c("share", [A()], lambda a: a.view_as(a))
    c("detach", [fixed(2, 3)])
    c("detach_", [fixed(2, 3)], lambda a: a)
    c("requires_grad_", [fixed(2, 3), True], lambda a, r: a)
    c("result_type", [fixed(2), ints([1])], lambda a, b: 7)
    # Fourier transforms: cut and filled to even and odd lengths; gradients where input and result are real.
    norms = ["backward", "forward", "ortho"]
    for name in ["fft_", "ifft", "rfft", "ihfft"]:
        for n, norm in [(-1, 0), (3, 1), (6, 2)]:
            c("fft_" + name, [fixed(2, 4), n, -1, norm],
              lambda a, n, d, o, name=name: getattr(torch.fft, name.rstrip("_"))(a, None if n < 0 else n, d, norms[o]))
    for name in ["irfft", "hfft"]:
        c("fft_" + name, [T(3), 4, 0, 0], lambda a, n, d, o, name=name: getattr(torch.fft, name)(a, n, d))
        for n, norm in [(-1, 0), (5, 1), (4, 2)]:
            c("fft_" + name, [cplx(3), n, 0, norm], lambda a, n, d, o, name=name: getattr(torch.fft, name)(a, None if n < 0 else n, d, norms[o]))
    for name in ["fft", "ifft", "rfft", "irfft", "hfft", "ihfft"]:
        real = name in ["rfft", "ihfft"]
        for k in "2n":
            c(f"fft_{name}{k}", [fixed(2, 3, 4) if real else cplx(2, 3, 4), None, None, 0], lambda a, s, d, o, f=name + k: getattr(torch.fft, f)(a))
            c(f"fft_{name}{k}", [fixed(2, 3, 4) if real else cplx(2, 3, 4), [3, 4], [0, 2], 2],
              lambda a, s, d, o, f=name + k: getattr(torch.fft, f)(a, s, d, norms[o]))
    for name in ["fftshift", "ifftshift"]:
        c("fft_" + name, [T(2, 5), None], getattr(torch.fft, name))
        c("fft_" + name, [T(2, 5), [1]], getattr(torch.fft, name))
    for name in ["fftfreq", "rfftfreq"]:
        c(name, [5, 0.5, "float64"], lambda n, d, t, name=name: getattr(torch.fft, name)(n, d, dtype=torch.float64))
    # Random numbers, seeded alike.
    g = lambda seed: torch.Generator().manual_seed(seed)
    c("bernoulli", [fixed(2, 3), 1], lambda a, s: torch.bernoulli(a, generator=g(s)))
    c("multinomial", [fixed(2, 3), 4, True, 1], lambda a, n, r, s: torch.multinomial(a, n, r, generator=g(s)))
    c("poisson", [fixed(2, 3), 1], lambda a, s: torch.poisson(a, generator=g(s)))
    for name in ["binomial", "binomial__function"]:
        c(name, [torch.full((2, 3), 9.0, dtype=torch.float64), fixed(2, 3), 1], lambda n, p, s: torch.binomial(n, p, generator=g(s)))
    c("normal__tensors", [fixed(2, 3), fixed(2, 3, start=3), 1], lambda m, d, s: torch.normal(m, d, generator=g(s)))
    c("_standard_gamma", [T(2, 3), 1], lambda a, s: torch._standard_gamma(a, generator=g(s)), rough=True)

    def dirichlet(a, s):
        with torch.no_grad():
            x = torch._sample_dirichlet(a, generator=g(s))
        return torch.distributions.dirichlet._Dirichlet.apply(a) * 0 + Pathwise.apply(a, x)

    class Pathwise(torch.autograd.Function):
        @staticmethod
        def forward(ctx, a, x):
            ctx.save_for_backward(a, x)
            return x.clone()

        @staticmethod
        def backward(ctx, grad):
            a, x = ctx.saved_tensors
            return torch.distributions.dirichlet._Dirichlet_backward(x, a, grad), None

    c("_sample_dirichlet", [T(2, 3), 1], dirichlet, rough=True)
    for name, args in [("cauchy_", [0.5, 2.0]), ("exponential_", [2.0]), ("geometric_", [0.3]), ("normal_", [0.5, 2.0]), ("log_normal_", [0.5, 2.0]), ("uniform_", [0.5, 2.0]), ("bernoulli_", [0.3])]:
        c(name, [fixed(2, 3), *args, 1], lambda a, *p, name=name: getattr(a.clone(), name)(*p[:-1], generator=g(p[-1])))
    c("bernoulli___tensor", [fixed(2, 3), fixed(2, 3), 1], lambda a, p, s: a.clone().bernoulli_(p, generator=g(s)))
    c("random_", [fixed(2, 3), 2, 9, 1], lambda a, x, y, s: a.clone().random_(x, y, generator=g(s)))
    c("randperm", [5, None, 1], lambda n, t, s: torch.randperm(n, generator=g(s)))
    c("randint", [2, 9, [3], None, 1], lambda x, y, n, t, s: torch.randint(x, y, n, generator=g(s)))
    c("normal", [0.5, 2.0, [3], "float64", 1], lambda m, d, n, t, s: torch.normal(m, d, n, generator=g(s), dtype=torch.float64))
    c("rand", [[3], "float64", 1], lambda n, t, s: torch.rand(n, generator=g(s), dtype=torch.float64))
    c("randn", [[3], "float64", 1], lambda n, t, s: torch.randn(n, generator=g(s), dtype=torch.float64))
    # Special functions.
    for name in ["erfinv", "ndtri", "logit"]:
        c("special_" + name, [A()])
    c("special_polygamma", [1, A()])
    c("special_multigammaln", [T(2, 3, low=1.2, high=4), 2])
    c("special_log_softmax", [A(), 1, None], lambda a, d, t: torch.special.log_softmax(a, d))
    c("special_softmax", [A(), 1, None], lambda a, d, t: torch.special.softmax(a, d))
    c("special_sigmoid", [A()], torch.sigmoid)
    c("special_sigmoid_", [A()], torch.sigmoid)
    c("special_zeta", [fixed(2, 3, low=1.5, high=4), fixed(2, 3, start=3)])
    c("special_gammainc", [fixed(2, 3), T(2, 3, start=3)])
    c("special_gammaincc", [fixed(2, 3), T(2, 3, start=3)])
    for op in operations():
        if op.name.startswith("special_") and any(p[0] == "Out" for p in op.parameters):
            args = [fixed(2, 3)] if len(op.parameters) == 2 else [fixed(2, 3), torch.full((2, 3), 3.0, dtype=torch.float64)]
            c(op.name, [*args, None], lambda *a, name=op.name: getattr(torch.special, name[8:])(*a[:-1]))
    networks()


def networks():
    c = case
    x = lambda: T(2, 3, low=-2, high=2)
    for name in ["gelu", "logsigmoid", "sigmoid"]:
        c("nn_" + name, [x()], getattr(F, name))
    c("nn_softmax2d", [T(1, 2, 2, 2)], torch.nn.Softmax2d())
    c("nn_gelu__inplace", [x(), False], lambda a, i: F.gelu(a))
    c("nn_sigmoid__inplace", [x(), False], lambda a, i: F.sigmoid(a))
    c("gelu__approximate", [x(), "tanh"], lambda a, n: F.gelu(a, approximate=n))
    c("gelu___approximate", [x(), "tanh"], lambda a, n: F.gelu(a, approximate=n))
    for name in ["relu", "relu6", "selu", "silu", "mish", "hardsigmoid", "hardswish"]:
        c("nn_" + name, [x(), False], lambda a, i, name=name: getattr(F, name)(a))
    for name in ["tanh", "softsign", "tanhshrink"]:
        c("nn_" + name, [x(), False], lambda a, i, name=name: getattr(F, name)(a))
    for name, args in [("celu", [0.7]), ("elu", [0.7]), ("hardtanh", [-0.5, 0.6]), ("leaky_relu", [0.1]), ("rrelu", [0.125, 1 / 3]), ("threshold", [0.1, 5.0])]:
        c("nn_" + name, [x(), *args, False], lambda a, *p, name=name: getattr(F, name)(a, *p[:-1]))
    for name, args in [("glu", [0]), ("hardshrink", [0.5]), ("softshrink", [0.5]), ("softplus", [2.0, 20.0]), ("log_softmax", [1]), ("softmin", [1])]:
        c("nn_" + name, [x(), *args], lambda a, *p, name=name: getattr(F, name)(a, *p))
    c("nn_softmax", [x(), 1, None], lambda a, d, t: F.softmax(a, d))
    c("nn_prelu", [x(), T(3)], F.prelu)
    for name in ["dropout", "alpha_dropout", "feature_alpha_dropout", "dropout1d", "dropout2d"]:
        c("nn_" + name, [T(2, 3, 2), 0.5, False, False], lambda a, p, t, i: a.view_as(a))
    c("nn_dropout", [fixed(2, 3), 1.0, True, False], lambda a, p, t, i: a * 0)
    c("nn_linear", [T(2, 3), T(4, 3, start=4), T(4)], F.linear)
    c("nn_bilinear", [T(2, 3), T(2, 2, start=4), T(4, 3, 2), T(4)], F.bilinear)
    c("nn_conv1d", [T(1, 2, 5), T(3, 2, 3, start=4), T(3), 2, 1, None, 1], lambda a, w, b, s, p, d, g: F.conv1d(a, w, b, s, p))
    c("nn_conv2d", [T(1, 2, 4, 4), T(2, 1, 3, 3, start=4), T(2), None, [1, 1], None, 2],
      lambda a, w, b, s, p, d, g: F.conv2d(a, w, b, 1, p, 1, g))
    c("conv2d_named", [T(1, 1, 4, 4), T(1, 1, 3, 3, start=4), None, None, "same", None, 1],
      lambda a, w, b, s, p, d, g: F.conv2d(a, w, padding="same"))
    c("nn_conv_transpose1d", [T(1, 2, 3), T(2, 1, 3, start=4), T(1), 2, 1, 1, None, 1],
      lambda a, w, b, s, p, o, d, g: F.conv_transpose1d(a, w, b, s, p, o))
    c("nn_conv_transpose2d", [T(1, 2, 2, 2), T(2, 1, 3, 3, start=4), None, [2, 2], [1, 1], [1, 1], None, 1],
      lambda a, w, b, s, p, o, d, g: F.conv_transpose2d(a, w, None, s, p, o))
    c("nn_max_pool1d", [T(1, 1, 6), 2, None, None, None, False], lambda a, k, s, p, d, m: F.max_pool1d(a, k))
    c("nn_max_pool2d", [T(1, 1, 4, 4), [2, 2], None, None, None, False], lambda a, k, s, p, d, m: F.max_pool2d(a, k))
    c("nn_max_pool2d_with_indices", [T(1, 1, 4, 4), [2, 2], [1, 1], None, None, False],
      lambda a, k, s, p, d, m: F.max_pool2d_with_indices(a, k, s))
    c("nn_avg_pool1d", [T(1, 1, 6), 2, None, None, False, True], lambda a, k, s, p, m, i: F.avg_pool1d(a, k))
    c("nn_avg_pool2d", [T(1, 1, 4, 4), [2, 2], None, [1, 1], False, False, None],
      lambda a, k, s, p, m, i, d: F.avg_pool2d(a, k, padding=p, count_include_pad=i))
    c("nn_adaptive_avg_pool1d", [T(1, 1, 6), 4], F.adaptive_avg_pool1d)
    c("nn_adaptive_avg_pool2d", [T(1, 1, 4, 4), [3, 2]], F.adaptive_avg_pool2d)
    c("nn_batch_norm", [T(3, 2), fixed(2), fixed(2, start=3), T(2), T(2, start=4), True, 0.1, 1e-5],
      lambda a, m, v, w, b, t, q, e: F.batch_norm(a, m.clone(), v.clone(), w, b, t, q, e), rough=True)
    c("nn_batch_norm", [T(3, 2), fixed(2), fixed(2, start=3), None, None, False, 0.1, 1e-5],
      lambda a, m, v, w, b, t, q, e: F.batch_norm(a, m, v))
    c("nn_group_norm", [T(2, 4), 2, T(4), T(4, start=3), 1e-5], F.group_norm)
    c("nn_layer_norm", [T(2, 3), [3], T(3), T(3, start=3), 1e-5], F.layer_norm)
    c("nn_normalize", [T(2, 3), 3.0, 1, 1e-12], F.normalize)
    c("nn_one_hot", [ints([2, 0]), 4], F.one_hot)
    c("nn_pairwise_distance", [T(2, 3), T(2, 3, start=4), 2.0, 1e-6, True], F.pairwise_distance)
    c("nn_cosine_similarity", [T(2, 3), T(2, 3, start=4), 1, 1e-8], F.cosine_similarity)
    c("nn_pixel_shuffle", [T(1, 4, 1, 2), 2], F.pixel_shuffle)
    c("nn_pixel_unshuffle", [T(1, 1, 2, 4), 2], F.pixel_unshuffle)
    how = ["none", "mean", "sum"]
    a, b = (lambda: T(2, 3)), (lambda: T(2, 3, start=4))
    for name in ["mse_loss", "l1_loss"]:
        for r in range(3):
            c("nn_" + name, [a(), b(), r], lambda x, y, r, name=name: getattr(F, name)(x, y, reduction=how[r]))
    sign = lambda: torch.tensor([[1.0, -1, 1], [-1, 1, -1]], dtype=torch.float64)
    c("nn_soft_margin_loss", [a(), sign(), 1], lambda x, y, r: F.soft_margin_loss(x, y))
    c("nn_multi_label_margin_loss", [a(), ints([[0, 2, -1], [1, -1, 0]]), 1], lambda x, y, r: F.multilabel_margin_loss(x, y))
    c("nn_smooth_l1_loss", [a(), b(), 1, 0.5], lambda x, y, r, be: F.smooth_l1_loss(x, y, beta=be))
    c("nn_huber_loss", [a(), b(), 0.3, 1], lambda x, y, d, r: F.huber_loss(x, y, delta=d))
    c("nn_hinge_embedding_loss", [a(), sign(), 0.8, 1], lambda x, y, m, r: F.hinge_embedding_loss(x, y, m))
    c("nn_margin_ranking_loss", [a(), b(), sign(), 0.2, 1], lambda x, y, t, m, r: F.margin_ranking_loss(x, y, t, m))
    c("nn_cosine_embedding_loss", [a(), b(), torch.tensor([1.0, -1], dtype=torch.float64), 0.2, 1],
      lambda x, y, t, m, r: F.cosine_embedding_loss(x, y, t, m))
    c("nn_binary_cross_entropy", [a(), fixed(2, 3, start=4), None, 1], lambda x, y, w, r: F.binary_cross_entropy(x, y))
    c("nn_binary_cross_entropy_with_logits", [a(), fixed(2, 3, start=4), None, 1, fixed(3)],
      lambda x, y, w, r, p: F.binary_cross_entropy_with_logits(x, y, pos_weight=p))
    c("nn_cross_entropy", [a(), ints([2, 0]), fixed(3), -100, 1, 0.1], lambda x, y, w, i, r, s: F.cross_entropy(x, y, w, label_smoothing=s))
    c("nn_nll_loss", [a(), ints([2, 0]), None, 2], lambda x, y, w, r: F.nll_loss(x, y, reduction="sum"))
    c("nn_kl_div", [a(), b(), True, 2], lambda x, y, l, r: F.kl_div(x, y, reduction="sum", log_target=l))
    c("nn_poisson_nll_loss", [a(), fixed(2, 3, low=1, high=5), True, False, 1e-8, 1], lambda x, y, l, f, e, r: F.poisson_nll_loss(x, y))
    c("nn_gaussian_nll_loss", [a(), b(), T(2, 3, start=9), True, 1e-6, 1],
      lambda x, y, v, f, e, r: F.gaussian_nll_loss(x, y, v, full=f), rough=True)
    c("nn_triplet_margin_loss", [a(), b(), T(2, 3, start=9), 1.0, 2, 1e-6, False, 1],
      lambda x, y, z, m, p, e, s, r: F.triplet_margin_loss(x, y, z, m, p, e))
    c("nn_multi_margin_loss", [a(), ints([2, 0]), 1, 0.5, None, 1], lambda x, y, p, m, w, r: F.multi_margin_loss(x, y, p, m))
    c("nn_ctc_loss", [F.log_softmax(fixed(4, 1, 3, low=-2, high=2), 2).requires_grad_(), ints([[1, 2]]), ints([4]), ints([2]), 0, False, 1],
      lambda x, y, n, m, b, z, r: F.ctc_loss(x, y, n, m, b), rough=True)
    c("pad", [T(1, 3), [1, 2], "constant", 0.5], lambda a, p, m, v: F.pad(a, p, m, v))
    c("pad", [T(1, 3), [1, 1], "reflect", None], lambda a, p, m, v: F.pad(a, p, m))
    c("grid_sample", [T(1, 1, 3, 3), T(1, 2, 2, 2, low=-0.9, high=0.9, start=2), 0, 1, False],
      lambda a, g, m, p, k: F.grid_sample(a, g, "bilinear", "border", align_corners=k))
    c("affine_grid", [T(1, 2, 3), [1, 1, 2, 2], False], lambda a, s, k: F.affine_grid(a, s, align_corners=k))
    v = lambda *shape, start=0: T(1, 2, *shape, start=start)
    c("nn_conv3d", [v(3, 3, 3), T(2, 1, 2, 2, 2, start=4), T(2), None, [1, 0, 1], None, 2], lambda a, w, b, s, p, d, g: F.conv3d(a, w, b, 1, p, 1, g))
    c("nn_conv_transpose3d", [v(2, 2, 2), T(2, 1, 2, 2, 2, start=4), T(1), [2, 1, 1], None, [1, 0, 0], None, 1],
      lambda a, w, b, s, p, o, d, g: F.conv_transpose3d(a, w, b, s, 0, o))
    c("conv1d_named", [v(5), T(3, 2, 3, start=4), T(3), None, "same", 1, 1], lambda a, w, b, s, p, d, g: F.conv1d(a, w, b, 1, p))
    c("conv3d_named", [v(3, 3, 2), T(2, 2, 3, 2, 1, start=4), None, None, "same", None, 1], lambda a, w, b, s, p, d, g: F.conv3d(a, w, b, 1, p))
    c("nn_max_pool1d_with_indices", [v(6), 3, 2, 1, None, True], lambda a, k, s, p, d, m: F.max_pool1d(a, k, s, p, ceil_mode=m, return_indices=True))
    c("nn_max_pool3d", [v(2, 4, 3), [2, 2, 1], None, None, None, False], lambda a, k, s, p, d, m: F.max_pool3d(a, k))
    c("nn_max_pool3d_with_indices", [v(2, 4, 3), [2, 2, 1], [1, 2, 1], None, None, False], lambda a, k, s, p, d, m: F.max_pool3d(a, k, s, return_indices=True))
    c("nn_avg_pool3d", [v(2, 4, 3), [2, 2, 1], None, [1, 0, 0], False, False, None], lambda a, k, s, p, m, i, d: F.avg_pool3d(a, k, padding=p, count_include_pad=i))
    c("nn_adaptive_avg_pool3d", [v(2, 4, 3), [1, 2, 2]], F.adaptive_avg_pool3d)
    for n, shape, size in [(1, (5,), 2), (2, (3, 5), [2, 2]), (3, (2, 3, 4), [1, 2, 2])]:
        c(f"nn_adaptive_max_pool{n}d", [v(*shape), size], getattr(F, f"adaptive_max_pool{n}d"))
        c(f"nn_adaptive_max_pool{n}d_with_indices", [v(*shape), size], lambda a, k, n=n: getattr(F, f"adaptive_max_pool{n}d")(a, k, return_indices=True))
    places = F.max_pool2d(v(4, 4).detach(), 2, return_indices=True)[1]
    c("max_unpool2d", [v(2, 2, start=5), places, [4, 4]], lambda a, i, s: F.max_unpool2d(a, i, 2))
    places = F.max_pool3d(v(2, 4, 2).detach(), 2, return_indices=True)[1]
    c("max_unpool3d", [v(1, 2, 1, start=5), places, [2, 4, 2], [2, 2, 2], [0, 0, 0]], lambda a, i, *s: F.max_unpool3d(a, i, 2))
    c("im2col", [v(4, 3), [2, 2], [1, 1], [0, 1], [2, 1]], lambda a, k, d, p, s: F.unfold(a, k, d, p, s))
    c("col2im", [T(1, 8, 4), [3, 3], [2, 2], [1, 1], [0, 0], [1, 1]], lambda a, o, k, d, p, s: F.fold(a, o, k, d, p, s))
    for mode, shape, size in [("nearest", (3,), [5]), ("nearest", (2, 3), [3, 7]), ("nearest", (1, 2, 2), [2, 3, 3]), ("nearest-exact", (3,), [5]), ("nearest-exact", (2, 3), [3, 7]), ("nearest-exact", (1, 2, 2), [2, 3, 3])]:
        c("interpolate", [v(*shape), size, None, mode, False, False], lambda a, s, f, m, k, n: F.interpolate(a, s, mode=m))
    for mode, shape, scales in [("linear", (3,), [2.0]), ("bilinear", (2, 3), [1.5, 2.0]), ("bicubic", (2, 3), [1.5, 2.0]), ("trilinear", (2, 2, 2), [2.0, 1.0, 1.5])]:
        for corners in [False, True]:
            c("interpolate", [v(*shape), None, scales, mode, corners, False], lambda a, s, f, m, k, n: F.interpolate(a, None, f, m, k))
    for mode in ["bilinear", "bicubic"]:
        c("interpolate", [v(5, 6), [3, 2], None, mode, False, True], lambda a, s, f, m, k, n: F.interpolate(a, s, mode=m, antialias=True))
    c("nn_dropout3d", [T(2, 3, 2), 0.5, False, False], lambda a, p, t, i: a.view_as(a))
    c("nn_instance_norm", [T(2, 2, 3), fixed(2), fixed(2, start=3), T(2), T(2, start=4), True, 0.1, 1e-5],
      lambda a, m, v, w, b, u, q, e: F.instance_norm(a, m.clone(), v.clone(), w, b, u, q, e), rough=True)
    c("embedding", [T(4, 2), ints([3, 1, 3]), -1, False, False], lambda w, i, p, f, s: F.embedding(i, w))
    c("embedding_renorm_", [fixed(4, 2), ints([3, 1]), 0.5, 2.0], lambda w, i, m, n: torch.embedding_renorm_(w.clone(), i, m, n))
    for kind, gates in [("rnn_tanh", 1), ("rnn_relu", 1), ("gru", 3)]:
        weights = lambda gates=gates: [T(gates * 2, 3, start=1), T(gates * 2, 2, start=2), T(gates * 2, start=3), T(gates * 2, start=4)]
        c(kind, [T(4, 1, 3), T(1, 1, 2), weights(), True, 1, 0.0, False, False, False], lambda *a, kind=kind: getattr(torch, kind)(*a))
        c(kind + "_cell", [T(1, 3), T(1, 2), *weights()], lambda *a, kind=kind: getattr(torch, kind + "_cell")(*a))
    c("pad_sequence", [[T(3, 2), T(1, 2, start=4), T(2, 2, start=7)], True, 0.5], torch.nn.utils.rnn.pad_sequence)
    c("pack_padded_sequence", [T(3, 2, 2), ints([3, 1]), False], torch._VF._pack_padded_sequence)
    c("pad_packed_sequence", [T(5, 2), ints([2, 2, 1]), True, 0.5, 4], torch._VF._pad_packed_sequence)
    for kind, gates in [("rnn_tanh", 1), ("rnn_relu", 1), ("gru", 3), ("lstm", 4)]:
        weights = [T(gates * 2, 3, start=1), T(gates * 2, 2, start=2), T(gates * 2, start=3), T(gates * 2, start=4)]
        state = [T(1, 2, 2), T(1, 2, 2, start=5)] if kind == "lstm" else T(1, 2, 2)
        c(kind + "__packed", [T(5, 3), ints([2, 2, 1]), state, weights, True, 1, 0.0, False, False], lambda *a, kind=kind: getattr(torch, kind)(*a))
    weights = lambda: [T(8, 3, start=1), T(8, 2, start=2), T(8, start=3), T(8, start=4)]
    c("lstm", [T(4, 1, 3), [T(1, 1, 2), T(1, 1, 2, start=5)], weights(), True, 1, 0.0, False, False, False], lambda *a: torch.lstm(*a))
    c("lstm_cell", [T(1, 3), [T(1, 2), T(1, 2, start=5)], *weights()], lambda *a: torch.lstm_cell(*a))


# What has no value to compare; ConformanceTests.cs says which test is about each.
SILENT = """sizes strides from_memory copy_out data_ptr item set_ pin_memory retain_grad grad grad_fn set_grad backward backward__all gradients grad_enabled
set_grad_enabled inference_enabled enter_inference leave_inference anomaly_enabled set_anomaly_enabled anomaly_checks_nan num_threads set_num_threads
num_interop_threads set_num_interop_threads set_default_dtype promote_types can_cast cuda_available cudnn_available cuda_devices cuda_synchronize generator
default_generator seed_all generator_seed generator_current_seed generator_new_seed generator_state set_generator_state empty empty_strided empty_like
rand_like randn_like randint_like""".split()


# In place, PyTorch itself has no derivative of these.
WITHOUT_GRADIENT = ["acosh_", "asinh_", "atanh_", "ldexp_"]


def named(op):
    """Python's function of the operation's own name."""
    for prefix, home in [("special_", torch.special), ("linalg_", torch.linalg), ("nn_", F)]:
        if op.public.startswith(prefix):
            return getattr(home, op.public[len(prefix):])
    plain = op.public[:-1] if op.returns == "Self" else op.public
    if hasattr(torch, plain):
        return getattr(torch, plain)
    return getattr(torch.Tensor, plain)


def written(value):
    if isinstance(value, torch.Tensor):
        plain = value.detach() + 0 if value.is_floating_point() else value.detach()
        if plain.is_complex():
            plain = torch.view_as_real(plain.resolve_conj())
        entry = {"dtype": str(value.dtype)[6:], "shape": list(value.shape), "data": [number(v) for v in plain.double().reshape(-1).tolist()]}
        if value.requires_grad and value.is_leaf:
            entry["grad"] = True
        return entry
    if isinstance(value, (list, tuple)):
        return [written(v) for v in value]
    return number(value)


def detached(value):
    return [detached(v) for v in value] if isinstance(value, list) else value.detach() if isinstance(value, torch.Tensor) else value


def number(value):
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def leaves(value):
    if isinstance(value, torch.Tensor):
        return [value] if value.requires_grad else []
    return [leaf for v in value for leaf in leaves(v)] if isinstance(value, list) else []


def results_of(result):
    return [result] if isinstance(result, torch.Tensor) or not isinstance(result, (list, tuple)) else list(result)


def run(op, arguments, call, flags):
    if op.returns in ("bool", "i64", "f64") or op.name in WITHOUT_GRADIENT:
        arguments = [detached(a) for a in arguments]
    encoded = [written(a) for a in arguments]
    results = results_of(call(*arguments))
    if op.returns == "Self" and isinstance(results[0], torch.Tensor):
        results[0] = results[0].to(arguments[0].dtype)
    entry = {"op": op.name, "args": encoded, "expected": [written(r.detach() if isinstance(r, torch.Tensor) else r) for r in results]}
    total = sum(((r * torch.arange(1, r.numel() + 1, dtype=torch.float64).cos().view(r.shape)).sum()
                 for r in results if isinstance(r, torch.Tensor) and r.is_floating_point()), torch.tensor(0.0, dtype=torch.float64))
    wanted = [leaf for a in arguments for leaf in leaves(a)]
    if wanted and total.requires_grad:
        grads = torch.autograd.grad(total, wanted, allow_unused=True)
        entry["grads"] = [written(torch.zeros_like(w) if g is None else g.detach()) for g, w in zip(grads, wanted)]
        if any(g is None for g in grads) and op.returns != "Self":
            raise ValueError(f"{op.name}: an argument takes no part; use fixed() for it")
    else:
        for e in encoded:
            for x in e if isinstance(e, list) else [e]:
                if isinstance(x, dict):
                    x.pop("grad", None)
    entry.update({flag: value for flag, value in flags.items() if value})
    return entry


def main():
    cases()
    made, problems = [], []
    known = set()
    for op in operations():
        known.add(op.name)
        if op.name in SILENT:
            continue
        for arguments, call in CASES.get(op.name) or [(None, None)]:
            try:
                if arguments is None:
                    arguments = [SAMPLES[kind](place) for place, (kind, _) in enumerate(op.parameters)]
                made.append(run(op, arguments, call or named(op), FLAGS.get(op.name, {})))
            except Exception as error:  # every operation's problem is wanted, not the first one only
                problems.append(f"{op.name}: {type(error).__name__}: {str(error).splitlines()[0]}")
    problems += [f"{name}: not in the tables" for name in CASES if name not in known]
    if problems:
        raise SystemExit("\n".join(problems))
    with open(os.path.join(HERE, "expected.json"), "w", encoding="utf-8") as file:
        file.write('{"torch": "%s", "cases": [\n' % torch.__version__)
        file.write(",\n".join(json.dumps(entry, separators=(",", ":")) for entry in made))
        file.write("\n]}\n")
    print(f"{len(made)} cases of {len(known)} operations")


if __name__ == "__main__":
    main()
