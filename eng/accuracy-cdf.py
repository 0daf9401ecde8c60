#!/usr/bin/env python3
"""Writes tests/Pyro.Runtime.Tests/Data/cdf.json: distribution functions, quantiles and their derivatives by 45 digits at least (mpmath).

All numbers given to the functions are representable in single precision. The derivatives are central differences with a step of 1e-18 of the number,
whose error is far below the digits that are kept; those of gamma quantiles are implicit.

Or prints rows for the file of a new family: eng/accuracy-cdf.py --rows NAME INPUTS CDF PARAMETERS. INPUTS are names, the point's first, CDF is an expression
of them in mpmath's functions and those of this script, and PARAMETERS a list of what the other inputs are. Quantiles are the roots of CDF between -10000 and 10000:

    eng/accuracy-cdf.py --rows Laplace 'x mu b' 'exp((x - mu) / b) / 2 if x < mu else 1 - exp(-(x - mu) / b) / 2' '[(0, 1), (3, 0.25)]'
"""
import json
import os
import struct
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 45


def single(value):
    return struct.unpack("f", struct.pack("f", float(value)))[0]


def normal(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


def normal_quantile(p):
    if p < mpf("1e-5"):
        z = -mp.sqrt(-2 * mp.log(p))
        for _ in range(100):
            z -= (mp.log(normal(z)) - mp.log(p)) * normal(z) / mp.npdf(z)
        return z
    if p > mpf("0.5"):
        return -normal_quantile(1 - p)
    return mp.sqrt(2) * mp.erfinv(2 * p - 1)


def lower(a, x):
    if x <= 0:
        return mpf(0)
    if x < a + 1:
        if a > 1000:
            return mp.exp(a * mp.log(x) - x - mp.loggamma(a)) * integral(lambda s: (a - x) * s + x * (s - 1 + mp.exp(-s)), a, x)
        return mp.exp(a * mp.log(x) - x - mp.loggamma(a + 1)) * series(a, x)
    return 1 - upper(a, x)


def upper(a, x):
    if x <= 0:
        return mpf(1)
    if x < a + 1:
        return 1 - lower(a, x)
    if a > 1000:
        return mp.exp(a * mp.log(x) - x - mp.loggamma(a)) * integral(lambda s: (x - a) * s + x * (mp.exp(s) - 1 - s), a, x)
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a)) * fraction(a, x)


def integral(fall, a, x):
    """The integral of exp(-fall(s)) from 0, in panels of the integrand's width."""
    width = 1 / mp.sqrt(a)
    return mp.quad(lambda s: mp.exp(-fall(s)), [width * k for k in range(0, 22, 2)])


def series(a, x):
    term = total = mpf(1)
    n = 0
    while term > total * mpf(10) ** -(mp.dps + 2):
        n += 1
        term *= x / (a + n)
        total += term
    return total


def fraction(a, x):
    """Legendre's continued fraction, by Lentz's method."""
    tiny = mpf(10) ** -1000
    b = x + 1 - a
    c, d = 1 / tiny, 1 / b
    total = d
    n = 0
    while True:
        n += 1
        an = -n * (n - a)
        b += 2
        d = 1 / (an * d + b)
        c = b + an / c
        delta = c * d
        total *= delta
        if abs(delta - 1) < mpf(10) ** -(mp.dps + 2):
            return total


def beta(a, b, x, y):
    """I(x; a, b) with y = 1 - x: the integral of exp(a ln t + b ln(1 - t))/B(a, b) over ln(t/(1 - t)), on the side of x away from the mean."""
    if x * b > y * a:
        return 1 - beta(b, a, y, x)
    slope = mp.exp(a * mp.log(x) + b * mp.log(y) + mp.loggamma(a + b) - mp.loggamma(a) - mp.loggamma(b))
    # By s = -ln w: the integral of w^(a - 1) (y + x w)^(-a - b) from 0 to 1, by Gauss's hypergeometric series in x (Abramowitz and Stegun 26.5.4).
    term = total = mpf(1)
    n = 0
    while abs(term) > abs(total) * mpf(10) ** -(mp.dps + 2):
        term *= (a + b + n) / (a + 1 + n) * x
        total += term
        n += 1
    return slope / a * total


def student(x, n, m, s):
    t = (x - m) / s
    half = beta(n / 2, mpf(1) / 2, n / (n + t * t), t * t / (n + t * t)) / 2
    return half if t < 0 else 1 - half


CDF = {
    "Beta": lambda x, a, b: beta(a, b, x, 1 - x),
    "StudentT": student,
    "NegativeBinomial": lambda x, r, p: beta(r, mp.floor(x) + 1, 1 - p, p),
    "Binomial": lambda x, n, p: beta(n - mp.floor(x), mp.floor(x) + 1, 1 - p, p),
    "Normal": lambda x, m, s: normal((x - m) / s),
    "Cauchy": lambda x, m, g: mp.atan2(g, m - x) / mp.pi,
    "Exponential": lambda x, r: -mp.expm1(-r * x),
    "Gumbel": lambda x, m, b: mp.exp(-mp.exp(-(x - m) / b)),
    "HalfCauchy": lambda x, m, g: 2 / mp.pi * mp.atan((x - m) / g),
    "HalfNormal": lambda x, s: mp.erf(x / s / mp.sqrt(2)),
    "Laplace": lambda x, m, b: mp.exp((x - m) / b) / 2 if x < m else 1 - mp.exp(-(x - m) / b) / 2,
    "LogNormal": lambda x, m, s: normal((mp.log(x) - m) / s),
    "Logistic": lambda x, m, s: 1 / (1 + mp.exp(-(x - m) / s)),
    "Weibull": lambda x, l, k: -mp.expm1(-(x / l) ** k),
    "Pareto": lambda x, s, a: -mp.expm1(a * mp.log(s / x)),
    "Uniform": lambda x, a, b: (x - a) / (b - a),
    "Gamma": lambda x, a, b: lower(a, b * x),
    "Chi2": lambda x, n: lower(n / 2, x / 2),
    "InverseGamma": lambda x, a, b: upper(a, b / x),
    "Poisson": lambda x, l: upper(mp.floor(x) + 1, l),
    "Geometric": lambda x, p: -mp.expm1((mp.floor(x) + 1) * mp.log1p(-p)),
}
QUANTILE = {
    "Normal": lambda p, m, s: m + s * normal_quantile(p),
    "Cauchy": lambda p, m, g: m + g * mp.tan(mp.pi * (p - mpf(1) / 2)),
    "Exponential": lambda p, r: -mp.log1p(-p) / r,
    "Gumbel": lambda p, m, b: m - b * mp.log(-mp.log(p)),
    "HalfCauchy": lambda p, m, g: m + g * mp.tan(mp.pi * p / 2),
    "HalfNormal": lambda p, s: s * -normal_quantile((1 - p) / 2),
    "Laplace": lambda p, m, b: m + b * (mp.log(2 * p) if p < mpf(1) / 2 else -mp.log(2 * (1 - p))),
    "LogNormal": lambda p, m, s: mp.exp(m + s * normal_quantile(p)),
    "Logistic": lambda p, m, s: m + s * (mp.log(p) - mp.log1p(-p)),
    "Weibull": lambda p, l, k: l * (-mp.log1p(-p)) ** (1 / k),
    "Pareto": lambda p, s, a: s * mp.exp(-mp.log1p(-p) / a),
    "Uniform": lambda p, a, b: a + p * (b - a),
}
LOCATION = [(0, 1), (3, 0.25), (-1000, 1e-3), (1e6, 1e4), (1e-6, 1e-6)]
# Families whose points are given themselves; a test takes their quantiles back to their probabilities.
POINTS = {
    "Beta": [((0.001, 2), (1e-30, 1e-6, 0.5, 0.99)), ((0.5, 0.5), (1e-20, 0.01, 0.5, 0.999)), ((2, 3), (1e-8, 0.2, 0.4, 0.9)), ((100, 1), (0.5, 0.99, 0.999)),
             ((1000, 500), (0.5, 0.6666, 0.68, 0.75)), ((1e-6, 1e-6), (1e-10, 0.5, 0.999))],
    "StudentT": [((0.1, 0, 1), (-1e20, -3, -1e-6, 2)), ((1, 2, 0.5), (-1e6, 1.5, 2.25, 40)), ((5, 0, 3), (-300, -1, 0.01, 20)), ((200, 0, 1), (-8, -1, 0.5, 4))],
    "NegativeBinomial": [((0.1, 0.3), (0, 3, 30)), ((3, 0.5), (0, 2, 30)), ((50, 0.9), (200, 450, 700)), ((1000, 1e-6), (0, 1, 2))],
    "Binomial": [((10, 0.3), (0, 3, 9)), ((1000, 0.5), (400, 500, 600)), ((100000, 1e-6), (0, 1, 3)), ((1000, 0.999), (980, 999))],
}
PARAMETERS = {
    "Normal": LOCATION, "Cauchy": LOCATION, "Gumbel": LOCATION, "HalfCauchy": LOCATION, "Laplace": LOCATION, "Logistic": LOCATION,
    "Exponential": [(1,), (1e-6,), (1e6,)],
    "HalfNormal": [(1,), (1e-6,), (1e8,)],
    "LogNormal": [(0, 1), (2, 0.1), (-3, 5), (0, 1e-3)],
    "Weibull": [(1, 1), (2, 0.1), (1e-3, 10), (1e6, 100), (1, 1e-2)],
    "Pareto": [(1, 1), (1e-3, 0.1), (1e6, 100), (1, 1e4)],
    "Uniform": [(0, 1), (-1e6, 1e-3), (5, 5.5)],
    "Gamma": [(a, b) for a in (1e-6, 1e-3, 0.1, 0.5, 1, 2.5, 8.5, 30, 1e3, 1e6, 1e8) for b in (1,)] + [(3, 1e-6), (0.3, 1e8)],
    "Chi2": [(1e-3,), (1,), (3,), (200,), (1e5,)],
    "InverseGamma": [(1e-3, 1), (0.5, 1e-4), (3, 2), (40, 1e6), (1e5, 1)],
    "Poisson": [(1e-6,), (0.5,), (7,), (300,), (1e5,)],
    "Geometric": [(1e-6,), (0.25,), (0.999,)],
}
# Probabilities of both tails, those near 1 as far as single precision has them.
PROBABILITIES = [1e-30, 1e-10, 1e-3, 0.25, 0.5, 0.75, 0.999, 1 - 2.0 ** -20]


def gamma_quantile(a, p):
    """ln x with P(a, x) = p, by Newton's method on the logarithm of the smaller tail."""
    small = p < mpf(1) / 2
    target = mp.log(p if small else 1 - p)
    if a > 1:
        z = normal_quantile(p)
        root = 1 - 1 / (9 * a) + z / (3 * mp.sqrt(a))
        u = mp.log(a) + 3 * mp.log(root) if root > mpf("0.2") else (mp.log(p) + mp.loggamma(a + 1)) / a
    else:
        u = min((mp.log(p) + mp.loggamma(a + 1)) / a, mp.log(a + 1 - mp.log(1 - p)))
    for _ in range(200):
        x = mp.exp(u)
        slope = mp.exp(a * u - x - mp.loggamma(a))
        tail = lower(a, x) if small else upper(a, x)
        step = (mp.log(tail) - target) * tail / (slope if small else -slope)
        u -= step
        if abs(step) < mpf(10) ** -30:
            break
    return u


def by(function, arguments, i):
    h = abs(arguments[i]) * mpf("1e-18") or mpf("1e-18")
    up, down = list(arguments), list(arguments)
    up[i] += h
    down[i] -= h
    return (function(*up) - function(*down)) / (2 * h)


def quantile(family, p, parameters):
    if family in QUANTILE:
        return QUANTILE[family](p, *parameters)
    if family == "Gamma":
        return mp.exp(gamma_quantile(parameters[0], p)) / parameters[1]
    if family == "Chi2":
        return 2 * mp.exp(gamma_quantile(parameters[0] / 2, p))
    if family == "InverseGamma":
        return parameters[1] / mp.exp(gamma_quantile(parameters[0], 1 - p))
    return None


def text(value):
    return float(value)


def rows():
    for family, sets in PARAMETERS.items():
        cdf = CDF[family]
        # Differences of closed forms are cheap with digits to spare; a location beside a point that is far out needs them.
        mp.dps = 45 if family in ("Gamma", "Chi2", "InverseGamma", "Poisson") else 120
        for given in sets:
            theta = [mpf(single(v)) for v in given]
            for probability in PROBABILITIES:
                p = mpf(single(probability))
                x = quantile(family, p, theta)
                if x is None:
                    # A count near the quantile.
                    mean = theta[0] if family == "Poisson" else 1 / theta[0]
                    spread = mp.sqrt(mean) if family == "Poisson" else mean
                    x = mp.floor(max(0, mean + spread * (normal_quantile(p) if family == "Poisson" else -mp.log1p(-p) - 1)))
                    q = None
                else:
                    q = x
                    if q != 0 and not mpf("1e-300") < abs(q) < mpf("1e300"):
                        continue
                at = mpf(single(x)) if abs(x) < mpf("3e38") else None
                if at is not None and (at == 0 or family not in ("Poisson", "Geometric")) and at == 0 and family in ("Pareto", "LogNormal", "Weibull", "Gamma", "Chi2", "InverseGamma"):
                    at = None
                row = {"family": family, "parameters": [float(v) for v in theta]}
                if at is not None and not (family == "Pareto" and at <= theta[0]) and not (family == "HalfCauchy" and at <= theta[0]) \
                        and not (family == "Uniform" and not theta[0] < at < theta[1]):
                    value = cdf(at, *theta)
                    row["x"], row["cdf"] = float(at), text(value)
                    row["slope"] = 0.0 if family in ("Poisson", "Geometric") else text(by(cdf, [at] + theta, 0))
                    row["slopes"] = [text(by(cdf, [at] + theta, 1 + i)) for i in range(len(theta))]
                if q is not None:
                    row["p"], row["quantile"] = float(p), text(q)
                    if family in QUANTILE:
                        row["byP"] = text(by(QUANTILE[family], [p] + theta, 0))
                        row["by"] = [text(by(QUANTILE[family], [p] + theta, 1 + i)) for i in range(len(theta))]
                    else:
                        density = by(cdf, [q] + theta, 0)
                        row["byP"] = text(1 / density)
                        row["by"] = [text(-by(cdf, [q] + theta, 1 + i) / density) for i in range(len(theta))]
                yield row


def counts():
    mp.dps = 60
    for family, sets in POINTS.items():
        for given, points in sets:
            theta = [mpf(single(v)) for v in given]
            for point in points:
                at = mpf(single(point))
                cdf = CDF[family]
                row = {"family": family, "parameters": [float(v) for v in theta], "x": float(at), "cdf": float(cdf(at, *theta))}
                row["slope"] = 0.0 if family in ("NegativeBinomial", "Binomial") else float(by(cdf, [at] + theta, 0))
                row["slopes"] = [float(by(cdf, [at] + theta, 1 + i)) for i in range(len(theta))]
                yield row


def print_rows(family, inputs, density, sets):
    mp.dps = 75
    cdf = eval("lambda " + ", ".join(inputs.split()) + ": " + density, {**vars(mpmath), **globals()})
    lines = []
    for given in eval(sets):
        theta = [mpf(single(v)) for v in given]
        for probability in PROBABILITIES:
            p = mpf(single(probability))
            low, high = mpf(-10000), mpf(10000)
            with mp.workdps(30):
                for _ in range(64):
                    q = (low + high) / 2
                    low, high = (q, high) if cdf(q, *theta) < p else (low, q)
            slope = by(cdf, [q] + theta, 0)
            for _ in range(5):
                q -= (cdf(q, *theta) - p) / slope
            q = q if abs(q) > mpf("1e-40") else mpf(0)
            at = mpf(single(q))
            slope = by(cdf, [q] + theta, 0)
            lines.append(json.dumps({
                "family": family, "parameters": [float(v) for v in theta],
                "x": float(at), "cdf": float(cdf(at, *theta)), "slope": float(by(cdf, [at] + theta, 0)),
                "slopes": [float(by(cdf, [at] + theta, 1 + i)) for i in range(len(theta))],
                "p": float(p), "quantile": float(q), "byP": float(1 / slope), "by": [float(-by(cdf, [q] + theta, 1 + i) / slope) for i in range(len(theta))]}))
    print(",\n".join(lines))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--rows"]:
        sys.exit(print_rows(*sys.argv[2:]))
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../tests/Pyro.Runtime.Tests/Data/cdf.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in [*rows(), *counts()]) + "\n]\n")
