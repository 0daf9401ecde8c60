#!/usr/bin/env python3
"""Writes the reference values of tests/Pyro.Runtime.Tests/Data/accuracy: eng/accuracy-values.py [FAMILY...].

Or prints COUNT rows of a log density, for the file of a new family: eng/accuracy-values.py --rows COUNT INPUTS DENSITY DRAW. INPUTS are names as below,
DENSITY is an expression of them in mpmath's functions and those of this script, and DRAW one of d, the Draw of below, that gives inputs:

    eng/accuracy-values.py --rows 60 'x mu b' '-abs(x - mu) / b - log(2 * b)' 'scaled(d)'

For developers, when a family or a point is added; needs python3 and mpmath. Takes some minutes. Each density, entropy and divergence is its textbook
formula at 70 digits. Derivatives are central differences of steps of 1e-18, relative to the input, at these digits; the condition number of a result f is
the sum over its inputs v of |v df/dv|. All inputs are numbers that single precision holds, so that the rows serve both dtypes.

A file is a line for the inputs' names, then a row for each point: the inputs, the result and its condition number; in files of densities then, for each
input whose name has no '!', the derivative by it and the condition number of that. The first letter of a row says what it is: d density, e entropy,
k divergence (with the parameters of both distributions).
"""
import os
import random
import struct
import sys

from mpmath import mp, mpf, loggamma, log, log1p, exp, digamma, pi, besseli, euler, cos, sinh, coth

mp.dps = 70
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, '..', 'tests', 'Pyro.Runtime.Tests', 'Data', 'accuracy')
GRID = [1e-6, 1e-4, 1e-2, 0.3, 1, 2.5, 30, 1e3, 3e4, 1e6, 1e8]


def f32(x):
    try:
        return struct.unpack('f', struct.pack('f', float(x)))[0]
    except OverflowError:
        return float('inf')


def lbeta(a, b):
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def lchoose(n, k):
    return loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1)


def xlogy(x, y):
    return mpf(0) if x == 0 else x * log(y)


def softplus(x):
    return log1p(exp(x)) if x < 200 else x + log1p(exp(-x))


def p_of(l):
    return 1 / (1 + exp(-l))


def q_of(l):
    return 1 / (1 + exp(l))


def log_bessel(k):
    """ln I0(k) - k."""
    if k > 2000:
        # Its asymptotic series, to far more digits than are written.
        s, term, j = mpf(1), mpf(1), 1
        while abs(term) > mpf(10) ** -68:
            term *= mpf((2 * j - 1) ** 2) / (j * 8 * k)
            s, j = s + term, j + 1
        return log(s) - log(2 * pi * k) / 2
    return log(besseli(0, k)) - k


def bessel_ratio(k):
    if k > 2000:
        h = k * mpf(10) ** -25
        return (log_bessel(k + h) - log_bessel(k - h)) / (2 * h) + 1
    return besseli(1, k) / besseli(0, k)


# Log densities: of the inputs in the file's order, the value's first.
def d_normal(x, mu, s): return -((x - mu) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2
def d_gamma(x, a, b): return a * log(b) - loggamma(a) + (a - 1) * log(x) - b * x
def d_beta(x, a, b): return (a - 1) * log(x) + (b - 1) * log(1 - x) - lbeta(a, b)
def d_cauchy(x, mu, g): return -log(pi * g) - log(1 + ((x - mu) / g) ** 2)
def d_student(x, v, mu, s):
    return loggamma((v + 1) / 2) - loggamma(v / 2) - log(pi * v) / 2 - log(s) - (v + 1) / 2 * log(1 + ((x - mu) / s) ** 2 / v)
def d_binomial(x, n, p): return lchoose(n, x) + xlogy(x, p) + xlogy(n - x, 1 - p)
def d_binomial_logits(x, n, l): return lchoose(n, x) - x * softplus(-l) - (n - x) * softplus(l)
def d_negative_binomial(x, r, p): return loggamma(x + r) - loggamma(r) - loggamma(x + 1) + r * log(1 - p) + xlogy(x, p)
def d_negative_binomial_logits(x, r, l): return loggamma(x + r) - loggamma(r) - loggamma(x + 1) - r * softplus(l) - x * softplus(-l)
def d_weibull(x, l, k): return log(k / l) + (k - 1) * log(x / l) - exp(k * log(x / l))
def d_relaxed_bernoulli(x, t, l):
    d = l - t * log(x / (1 - x))
    return log(t) + d - 2 * softplus(d) - log(x) - log(1 - x)
def d_dirichlet(*v):
    k = len(v) // 2
    x, a = v[:k], v[k:]
    return sum((a[i] - 1) * log(x[i]) - loggamma(a[i]) for i in range(k)) + loggamma(sum(a))
def d_multinomial(*v):
    k = len(v) // 2
    x, p, n = v[:k], v[k:2 * k], sum(v[:k])
    return loggamma(n + 1) + sum(xlogy(x[i], p[i]) - loggamma(x[i] + 1) for i in range(k))
def d_multinomial_logits(*v):
    k = len(v) // 2
    x, l, n = v[:k], v[k:], sum(v[:k])
    total = log(sum(exp(e) for e in l))
    return loggamma(n + 1) + sum(x[i] * (l[i] - total) - loggamma(x[i] + 1) for i in range(k))
def d_categorical_logits(x, *l): return l[int(x)] - log(sum(exp(e) for e in l))
def d_relaxed_one_hot(x, y, z, t, a, b, c):
    v, l = (x, y, z), (a, b, c)
    s = [l[i] - t * log(v[i]) for i in range(3)]
    top = max(s)
    return log(mpf(2)) + 2 * log(t) + sum(s[i] - log(v[i]) for i in range(3)) - 3 * (top + log(sum(exp(e - top) for e in s)))
def d_lkj(u, v, eta):
    # Of a matrix of 3 by 3 with these second and third diagonal elements.
    a = eta + 1
    constant = log(pi) + sum(loggamma(a - mpf(1) / 2 - h) for h in (0, mpf(1) / 2)) + log(pi) / 2 - 2 * loggamma(a)
    return (2 * eta - 1) * log(u) + (2 * eta - 2) * log(v) - constant
def d_mixture(x, w, m, s, n, t):
    return log(w * exp(d_normal(x, m, s)) + (1 - w) * exp(d_normal(x, n, t)))
def d_mvn(x, y, m, n, a, b, c):
    u = (x - m) / a
    w = (y - n - b * u) / c
    return -(u * u + w * w) / 2 - log(a) - log(c) - log(2 * pi)
def d_low_rank(x, y, m, n, b, c, e, g):
    # Of the covariance (b, c)(b, c)' + diag(e, g).
    u, w = x - m, y - n
    det = e * g + b * b * g + c * c * e
    return -(u * u * (c * c + g) - 2 * u * w * b * c + w * w * (b * b + e)) / det / 2 - log(det) / 2 - log(2 * pi)
def d_one_hot_logits(x, y, z, *l): return d_categorical_logits((x, y, z).index(1), *l)
def d_logit_normal(x, m, s): return d_normal(log(x / (1 - x)), m, s) - log(x) - log(1 - x)
def d_poisson(x, l): return xlogy(x, l) - l - loggamma(x + 1)
def d_zero_inflated(x, g, l):
    return log(g + (1 - g) * exp(-l)) if x == 0 else log(1 - g) + d_poisson(x, l)
def d_gumbel(x, m, b): return -(x - m) / b - exp(-(x - m) / b) - log(b)
def d_logistic(x, m, s): return -abs((x - m) / s) - log(s) - 2 * log1p(exp(-abs((x - m) / s)))
def d_beta_binomial(x, a, b, n): return lchoose(n, x) + lbeta(x + a, n - x + b) - lbeta(a, b)


def e_student(v, m, s):
    h, n = v / 2, (v + 1) / 2
    return log(s) + n * (digamma(n) - digamma(h)) + log(v) / 2 + lbeta(h, mpf(1) / 2)
def e_dirichlet(*a):
    t = sum(a)
    return sum(loggamma(i) for i in a) - loggamma(t) + (t - len(a)) * digamma(t) - sum((i - 1) * digamma(i) for i in a)
def e_gamma(a, b): return a - log(b) + loggamma(a) + (1 - a) * digamma(a)
def e_bernoulli(p): return -(xlogy(p, p) + xlogy(1 - p, 1 - p))
def e_binomial(n, p): return -sum(exp(d) * d for d in (d_binomial(mpf(k), n, p) for k in range(int(n) + 1)))
def e_categorical(*l):
    t = log(sum(exp(e) for e in l))
    return -sum(exp(e - t) * (e - t) for e in l)
def e_beta_binomial(a, b, n): return -sum(exp(d) * d for d in (d_beta_binomial(mpf(k), a, b, n) for k in range(int(n) + 1)))


def k_gamma(a, b, c, d): return (a - c) * digamma(a) - loggamma(a) + loggamma(c) + c * log(b / d) + a * (d / b - 1)
def k_normal(m, s, n, t): return (s / t) ** 2 / 2 + ((m - n) / t) ** 2 / 2 - mpf(1) / 2 + log(t / s)
def k_bernoulli(p, q): return xlogy(p, p / q) + xlogy(1 - p, (1 - p) / (1 - q))
def k_dirichlet(*v):
    k = len(v) // 2
    a, b = v[:k], v[k:]
    s, t = sum(a), sum(b)
    return loggamma(s) - loggamma(t) + sum(loggamma(b[i]) - loggamma(a[i]) + (a[i] - b[i]) * (digamma(a[i]) - digamma(s)) for i in range(k))
def k_categorical(*v):
    k = len(v) // 2
    l, m = v[:k], v[k:]
    s, t = log(sum(exp(e) for e in l)), log(sum(exp(e) for e in m))
    return sum(exp(l[i] - s) * (l[i] - s - m[i] + t) for i in range(k))
def k_mvn(m, n, a, b, c, o, p, d, e, f):
    # With L of the first and K of the second, the squares of the elements of the inverse of K times L, and of the means' distance.
    u, w = (o - m) / d, 0
    w = (p - n - e * u) / f
    h, j, i = a / d, (b - e * a / d) / f, c / f
    return (h * h + j * j + i * i + u * u + w * w) / 2 - 1 + log(d / a) + log(f / c)
def k_poisson(a, b): return a * log(a / b) - a + b
def k_von_mises(m, k, n, j):
    r = bessel_ratio(k)
    return k * (r - 1) - j * (r * cos(m - n) - 1) + log_bessel(j) - log_bessel(k)
def k_laplace(m, b, n, c):
    d = abs(m - n)
    return log(c / b) + d / c + b / c * exp(-d / b) - 1
def k_cauchy(m, g, n, h): return log(((g + h) ** 2 + (m - n) ** 2) / (4 * g * h))
def k_gumbel(m, b, n, c):
    r = b / c
    return (m - n) / c - log(r) + euler * (r - 1) + exp(loggamma(1 + r) - (m - n) / c) - 1
def k_weibull(l, k, m, j):
    r = log(l / m)
    return log(k / j) - j * r - (k - j) * euler / k + exp(j * r + loggamma(1 + j / k)) - 1
def k_pareto(s, a, t, b): return b * log(s / t) - log(b / a) + b / a - 1


class Draw:
    """Where parameters and points come from; the same numbers each time."""

    def __init__(self, name):
        self.random = random.Random('accuracy ' + name)

    def positive(self, low=1e-6, high=1e8):
        r = self.random
        if r.random() < 0.6:
            grid = [g for g in GRID if low <= g <= high]
            return f32(r.choice(grid))
        return f32(exp(r.uniform(float(log(low)), float(log(high)))))

    def mostly(self, *more):
        return self.random.choice(more) if self.random.random() < 0.3 else self.positive()

    def real(self):
        r = self.random
        return r.choice([0.0, 0.0, f32(r.gauss(0, 1)), f32(r.choice([-1, 1]) * self.positive())])

    def z(self):
        r = self.random
        return r.choice([0, 1e-3, 0.3, 0.8, 1.7, 4, 12, 100, 1e4, 1e7]) * r.choice([-1, 1]) * r.uniform(0.7, 1.3)

    def unit(self):
        r = self.random
        k = r.randrange(4)
        if k == 0:
            return f32(r.uniform(0.02, 0.98))
        small = 10.0 ** r.uniform(-10, -0.5)
        return f32(small) if k < 3 else min(f32(1 - small), 1 - 2.0 ** -24)

    def count(self, mean, sd):
        r = self.random
        x = r.choice([0, 1, 2, mean, mean, mean + sd * r.gauss(0, 1), mean + sd * r.gauss(0, 1), mean + 6 * sd, mean * 3, mean / 30, mean - 6 * sd, mean + 30 * sd])
        return f32(max(0, round(min(f32(x), 2.0 ** 60)))) if mean < 1e30 else 0.0

    def around(self, mean, sd):
        """A positive number: from the bulk or the tails."""
        r = self.random
        x = r.choice([mean, mean + sd * r.gauss(0, 1), mean + sd * r.gauss(0, 1), mean + sd * r.gauss(0, 1), mean + 6 * sd, mean - 5 * sd, mean + 40 * sd,
                      mean * 1e-6, mean * 1e-3, mean / 2, mean * 3, mean * 1e3])
        return f32(x)

    def near(self, v):
        """Parameters beside others: nearly the same, or of their size, or anything."""
        r = self.random
        k = r.randrange(4)
        if k == 0:
            return f32(v * (1 + 10.0 ** r.uniform(-6, -2)))
        if k == 1:
            return f32(v * r.uniform(0.6, 1.6))
        if k == 2:
            return f32(v * 10.0 ** r.uniform(-2, 2))
        return v


def scaled(d):
    """Location and scale, and a value at a distance of some scales."""
    m, s = d.real(), d.positive()
    return (f32(m + s * d.z()), m, s)


def draw_gamma(d):
    a, b = d.positive(), d.positive()
    return (d.around(a / b, a ** 0.5 / b), a, b)


def draw_inverse_gamma(d):
    a, b = d.positive(), d.positive()
    return (f32(1 / max(d.around(a / b, a ** 0.5 / b), 1e-37)), a, b)


def draw_beta(d):
    a, b = d.positive(), d.positive()
    m = a / (a + b)
    sd = (a / (a + b) * b / (a + b) / (a + b + 1)) ** 0.5
    x = d.around(m, sd)
    if d.random.random() < 0.15:
        x = d.unit()
    return (x if 0 < x < 1 else min(max(f32(d.random.random()), 1e-30), 1 - 2.0 ** -24), a, b)


def draw_student(d):
    v, m, s = d.positive(), d.real(), d.mostly(1.0)
    return (f32(m + s * d.z()), v, m, s)


def draw_trials(d, high=1e7):
    return float(round(d.mostly(1.0, 2.0, 3.0, 10.0, 100.0) if d.random.random() < 0.5 else d.positive(1, high)) or 1)


def draw_binomial(d):
    n, p = f32(min(draw_trials(d), 1.6e7)), d.unit()
    return (min(d.count(n * p, (n * p * (1 - p)) ** 0.5), n), n, p)


def to_logit(p):
    return f32(log(mpf(p) / (1 - mpf(p))))


def with_logit(draw):
    def other(d):
        v = draw(d)
        l = to_logit(v[-1]) if d.random.random() < 0.85 else f32(d.random.choice([-1, 1]) * d.positive(1, 1e4))
        return (*v[:-1], l)
    return other


def draw_negative_binomial(d):
    r, p = d.positive(), d.unit()
    mean = r * p / (1 - p)
    return (min(d.count(mean, (mean / (1 - p)) ** 0.5), 2.0 ** 60), r, p)


def draw_beta_binomial(d):
    n, a, b = f32(min(draw_trials(d), 1.6e7)), d.positive(), d.positive()
    p = a / (a + b)
    return (min(d.count(n * p, (n * p * (1 - p)) ** 0.5), n), a, b, n)


def draw_poisson(d):
    l = d.positive()
    return (d.count(l, l ** 0.5), l)


def draw_positive_scale(d):
    s = d.positive()
    return (f32(abs(s * d.z())), s)


def draw_exponential(d):
    l = d.positive()
    return (f32(abs(d.z()) / l), l)


def draw_lognormal(d):
    m, s = f32(d.random.gauss(0, 3)), d.positive(1e-6, 30)
    e = m + s * d.z()
    return (f32(exp(max(-80, min(80, e)))), m, s)


def draw_pareto(d):
    s, a = d.positive(), d.positive()
    return (f32(s * d.random.choice([1, 1.0001, 1.5, 30, 1e6, 1e12])), s, a)


def draw_weibull(d):
    l, k = d.positive(), d.positive()
    t = d.random.choice([-30, -10, -3, -1, -0.3, 0.1, 0.7, 1.5, 3, 4])
    return (f32(l * exp(max(-60, min(60, t / k)))), l, k)


def draw_von_mises(d):
    m, k = f32(d.random.uniform(-3, 3)), d.positive()
    x = f32(m + d.z() / (1 + k) ** 0.5)
    return (x if abs(x) < 3.14159 else f32(d.random.uniform(-3.1, 3.1)), m, k)


def draw_half_cauchy(d):
    m, g = d.real(), d.positive()
    return (f32(m + g * abs(d.z())), m, g)


def log_sinhc(h):
    return log(sinh(h) / h)


def draw_log_odds(d):
    return f32(d.positive(1e-6, 1e4) * d.random.choice([-1, 1]))


def draw_uniform(d):
    a, w = d.real(), d.positive()
    b = f32(a + w)
    x = f32(a + (b - a) * d.random.choice([0, 0.3, 0.9]))
    return (x, a, b)


def draw_simplex(d, size):
    while True:
        a = [d.positive() for _ in range(size)]
        if d.random.random() < 0.3:
            a = [a[0]] * size
        g = [max(abs(x + d.random.gauss(0, 1) * x ** 0.5), x * 0.01) for x in a]
        if d.random.random() < 0.3:
            g = [d.random.random() ** 8 + 1e-12 for _ in a]
        x = [f32(e / sum(g)) for e in g]
        if min(x) > 1e-30:
            return (*x, *a)


def draw_counts(d, logits):
    size = 3
    w = [d.random.random() ** d.random.choice([1, 6]) + 1e-9 for _ in range(size)]
    p = [f32(e / sum(w)) for e in w]
    n = draw_trials(d, 1e6)
    x = [float(round(n * e)) for e in p]
    if d.random.random() < 0.3:
        x = [float(d.random.randrange(0, 5)) for _ in p]
    if d.random.random() < 0.3:
        x[0] = 0.0
    l = [f32(float(log(e)) + d.random.choice([0.0, 2.0])) for e in p]
    return (*x, *(l if logits else p))


def draw_relaxed_one_hot(d):
    g = [exp(d.random.uniform(-12, 0)) for _ in range(3)]
    x = [f32(e / sum(g)) for e in g]
    return (*x, d.positive(1e-3, 30), *[f32(d.random.gauss(0, 3)) for _ in range(3)])


def draw_mvn(d):
    m, n, a, c = d.real(), d.real(), d.positive(), d.positive()
    b = f32(d.random.gauss(0, 1) * c)
    u, w = d.z(), d.z()
    return (f32(m + a * u), f32(n + b * u + c * w), m, n, a, b, c)


def draw_low_rank(d):
    m, n, e, g = d.real(), d.real(), d.positive(), d.positive()
    b, c = (f32(d.random.choice([-1, 1]) * v ** 0.5 * 10 ** d.random.uniform(-3, 2)) for v in (e, g))
    k, u, w = d.random.gauss(0, 1), d.z(), d.z()
    return (f32(m + b * k + e ** 0.5 * u), f32(n + c * k + g ** 0.5 * w), m, n, b, c, e, g)


def draw_logits(d):
    return tuple(f32(d.random.gauss(0, 1) * d.positive(1e-3, 30)) for _ in range(3))


def draw_two_logits(d):
    l = draw_logits(d)
    return (*l, *[f32(e + d.random.choice([0.0, 1e-4, 0.3, 4.0]) * d.random.gauss(0, 1)) for e in l])


def draw_outcome(d):
    place = d.random.randrange(3)
    return tuple(float(k == place) for k in range(3))


def draw_logit_normal(d):
    m, s = f32(d.random.gauss(0, 3)), d.positive(1e-6, 30)
    x = f32(1 / (1 + exp(-max(-80, min(80, m + s * d.z())))))
    return (x if 0 < x < 1 else f32(d.random.uniform(0.1, 0.9)), m, s)


def draw_two_mvn(d):
    m, n, a, b, c = draw_mvn(d)[2:]
    o, p = (f32(v + s * d.random.choice([0, 1e-4, 0.5, 3])) for v, s in ((m, a), (n, c)))
    return (m, n, a, b, c, o, p, d.near(a), f32(b * d.random.choice([1, 1, 1.001, 0.5])), d.near(c))


def draw_two(d):
    """Two distributions of a location and a scale."""
    m, s = d.real(), d.positive()
    t = d.near(s)
    n = f32(m + s * d.random.choice([0, 0, 1e-4, 0.5, 3, 100]))
    return (m, s, n, t)


def two(*draws):
    def draw(d):
        a = [w(d) for w in draws]
        return (*a, *[min(d.near(v), 1 - 2.0 ** -24) if w is Draw.unit else d.near(v) for v, w in zip(a, draws)])
    return draw


P, U = Draw.positive, Draw.unit

# Name: the inputs, of which those with '!' have no derivative; the log density; where its inputs come from; entropy and divergence, with theirs.
FAMILIES = {
    'Bernoulli': ('x! ps', lambda x, p: log(p) if x == 1 else log(1 - p), lambda d: (float(d.random.randrange(2)), d.unit()),
                  (e_bernoulli, lambda d: (d.unit(),)), (k_bernoulli, two(U))),
    'Bernoulli (logits)': ('x! logits', lambda x, l: -softplus(-l) if x == 1 else -softplus(l), with_logit(lambda d: (float(d.random.randrange(2)), d.unit())),
                           (lambda l: softplus(l) * q_of(l) + softplus(-l) * p_of(l), with_logit(lambda d: (d.unit(),))), None),
    'Beta': ('x alpha beta', d_beta, draw_beta, (e_dirichlet, lambda d: (d.positive(), d.positive())),
             (lambda a, b, c, e: k_dirichlet(a, b, c, e), two(P, P))),
    'BetaBinomial': ('x! alpha beta n!', d_beta_binomial, draw_beta_binomial,
                     (e_beta_binomial, lambda d: (d.positive(), d.positive(), d.random.choice([1.0, 3.0, 20.0]))), None),
    'Binomial': ('x! n! ps', d_binomial, draw_binomial, (e_binomial, lambda d: (d.random.choice([1.0, 4.0, 40.0]), d.unit())),
                 (lambda p, q, n: n * k_bernoulli(p, q), lambda d: (*two(U)(d), f32(min(draw_trials(d), 1.6e7))))),
    'Binomial (logits)': ('x! n! logits', d_binomial_logits, with_logit(draw_binomial), None, None),
    'Categorical': ('x! a b c', lambda x, *p: log(p[int(x)]), lambda d: (lambda v: (float(d.random.randrange(3)), *v[3:]))(draw_counts(d, False)), None, None),
    'Categorical (logits)': ('x! a b c', d_categorical_logits, lambda d: (float(d.random.randrange(3)), *[f32(d.random.gauss(0, 1) * d.positive(1e-3, 30)) for _ in range(3)]),
                             (e_categorical, draw_logits), (k_categorical, draw_two_logits)),
    'Cauchy': ('x mu gamma', d_cauchy, scaled, (lambda m, g: log(4 * pi * g), lambda d: (d.real(), d.positive())), (k_cauchy, draw_two)),
    'Chi2': ('x df', lambda x, v: d_gamma(x, v / 2, mpf(1) / 2), lambda d: (lambda v: (d.around(v, (2 * v) ** 0.5), v))(d.positive()),
             (lambda v: e_gamma(v / 2, mpf(1) / 2), lambda d: (d.positive(),)), (lambda v, w: k_gamma(v / 2, mpf(1), w / 2, mpf(1)), two(P))),
    'ContinuousBernoulli (logits)': ('x logits', lambda x, l: l * (x - mpf(1) / 2) - log_sinhc(l / 2), lambda d: (d.random.choice([0.0, f32(1e-6), 0.25, 0.5, 0.875, 1.0]), draw_log_odds(d)),
                                     (lambda l: log_sinhc(l / 2) - l / 2 * (coth(l / 2) - 2 / l), lambda d: (draw_log_odds(d),)), None),
    'Delta': ('x! v!', lambda x, v: mpf(0), lambda d: (d.real(),) * 2, None, None),
    'Dirichlet': ('x y z a b c', d_dirichlet, lambda d: draw_simplex(d, 3), (e_dirichlet, lambda d: (d.positive(), d.positive(), d.positive())),
                  (k_dirichlet, two(P, P, P))),
    'Exponential': ('x lam', lambda x, l: log(l) - l * x, draw_exponential, (lambda l: 1 - log(l), lambda d: (d.positive(),)),
                    (lambda a, b: log(a / b) + b / a - 1, two(P))),
    'Gamma': ('x alpha beta', d_gamma, draw_gamma, (e_gamma, lambda d: (d.positive(), d.positive())), (k_gamma, two(P, P))),
    'Geometric': ('x! ps', lambda x, p: x * log(1 - p) + log(p), lambda d: (lambda p: (d.count((1 - p) / p, 1 / p), p))(d.unit()),
                  (lambda p: e_bernoulli(p) / p, lambda d: (d.unit(),)), (lambda p, q: k_bernoulli(p, q) / p, two(U))),
    'Geometric (logits)': ('x! logits', lambda x, l: -x * softplus(l) - softplus(-l),
                           with_logit(lambda d: (lambda p: (d.count((1 - p) / p, 1 / p), p))(d.unit())), None, None),
    'Gumbel': ('x mu beta', d_gumbel, lambda d: (lambda m, s: (f32(m + s * max(d.z(), -60)), m, s))(d.real(), d.positive()),
               (lambda m, b: log(b) + 1 + euler, lambda d: (d.real(), d.positive())), (k_gumbel, draw_two)),
    'HalfCauchy': ('x mu gamma', lambda x, m, g: log(mpf(2)) + d_cauchy(x, m, g), draw_half_cauchy,
                   (lambda m, g: log(2 * pi * g), lambda d: (d.real(), d.positive())), None),
    'HalfNormal': ('x sigma', lambda x, s: log(mpf(2)) + d_normal(x, 0, s), draw_positive_scale,
                   (lambda s: log(pi * s * s / 2) / 2 + mpf(1) / 2, lambda d: (d.positive(),)), (lambda s, t: k_normal(mpf(0), s, mpf(0), t), two(P))),
    'InverseGamma': ('x alpha beta', lambda x, a, b: a * log(b) - loggamma(a) - (a + 1) * log(x) - b / x, draw_inverse_gamma,
                     (lambda a, b: a + log(b) + loggamma(a) - (1 + a) * digamma(a), lambda d: (d.positive(), d.positive())), (k_gamma, two(P, P))),
    'Laplace': ('x mu scale', lambda x, m, b: -abs(x - m) / b - log(2 * b), scaled, (lambda m, b: log(2 * b) + 1, lambda d: (d.real(), d.positive())),
                (k_laplace, draw_two)),
    'LKJCholesky': ('u! v! eta', d_lkj, lambda d: (f32(0.02 + 0.97 * d.random.random()), f32(0.02 + 0.97 * d.random.random()), d.positive()), None, None),
    'LogNormal': ('x mu sigma', lambda x, m, s: d_normal(log(x), m, s) - log(x), draw_lognormal,
                  (lambda m, s: m + log(s) + log(2 * pi) / 2 + mpf(1) / 2, lambda d: (d.real(), d.positive())), (k_normal, draw_two)),
    'Logistic': ('x mu s', d_logistic, scaled, (lambda m, s: log(s) + 2, lambda d: (d.real(), d.positive())), None),
    'LowRankMultivariateNormal': ('x y m n b c e g', d_low_rank, draw_low_rank,
                                  (lambda m, n, b, c, e, g: 1 + log(2 * pi) + log(e * g + b * b * g + c * c * e) / 2, lambda d: draw_low_rank(d)[2:]), None),
    'Mixture': ('x w! mu1 sigma1 mu2 sigma2', d_mixture,
                lambda d: (lambda m, s: (f32(m + s * max(-12, min(12, d.z()))), f32(d.random.uniform(0.05, 0.95)), m, s, f32(m + s * d.random.gauss(0, 3)), f32(s * d.random.uniform(0.3, 4))))(d.real(), d.positive()),
                None, None),
    'Multinomial': ('x! y! z! a b c', d_multinomial, lambda d: draw_counts(d, False), None, None),
    'Multinomial (logits)': ('x! y! z! a b c', d_multinomial_logits, lambda d: draw_counts(d, True), None, None),
    'MultivariateNormal': ('x y m n a b c', d_mvn, draw_mvn, (lambda m, n, a, b, c: 1 + log(2 * pi) + log(a) + log(c), lambda d: draw_mvn(d)[2:]),
                           (k_mvn, draw_two_mvn)),
    'NegativeBinomial': ('x! r ps', d_negative_binomial, draw_negative_binomial, None,
                         (lambda p, q, r: r * k_bernoulli(p, q) / (1 - p), lambda d: (*two(U)(d), d.positive()))),
    'NegativeBinomial (logits)': ('x! r logits', d_negative_binomial_logits, with_logit(draw_negative_binomial), None, None),
    'Normal': ('x mu sigma', d_normal, scaled, (lambda m, s: log(s) + log(2 * pi) / 2 + mpf(1) / 2, lambda d: (d.real(), d.positive())),
               (k_normal, draw_two)),
    'OneHotCategorical': ('x! y! z! a b c', lambda x, y, z, *p: log(p[(x, y, z).index(1)]), lambda d: (*draw_outcome(d), *draw_counts(d, False)[3:]), None, None),
    'OneHotCategorical (logits)': ('x! y! z! a b c', d_one_hot_logits, lambda d: (*draw_outcome(d), *draw_logits(d)), (e_categorical, draw_logits),
                                   (k_categorical, draw_two_logits)),
    'Pareto': ('x scale alpha', lambda x, s, a: log(a) + a * log(s) - (a + 1) * log(x), draw_pareto,
               (lambda s, a: log(s / a) + 1 / a + 1, lambda d: (d.positive(), d.positive())),
               (k_pareto, lambda d: (lambda s, a: (f32(s * d.random.choice([1, 1.001, 5])), a, s, d.near(a)))(d.positive(), d.positive()))),
    'Poisson': ('x! lam', d_poisson, draw_poisson, None, (k_poisson, two(P))),
    'RelaxedBernoulli': ('x temperature logits', d_relaxed_bernoulli, lambda d: (max(d.unit(), 1e-30), d.positive(1e-3, 30), f32(d.random.gauss(0, 5))), None, None),
    'RelaxedOneHotCategorical': ('x y z temperature! a b c', d_relaxed_one_hot, draw_relaxed_one_hot, None, None),
    'StudentT': ('x df mu sigma', d_student, draw_student, (e_student, lambda d: (d.positive(), d.real(), d.positive())), None),
    'TransformedDistribution': ('x mu sigma', d_logit_normal, draw_logit_normal, None, None),
    'Uniform': ('x! a b', lambda x, a, b: -log(b - a), draw_uniform, (lambda a, b: log(b - a), lambda d: draw_uniform(d)[1:]),
                (lambda a, b, c, e: log((e - c) / (b - a)), lambda d: (lambda v: (v[1], v[2], f32(v[1] - d.random.choice([0, 1e-3, 3])), f32(v[2] + d.random.choice([0, 1e-3, 3]))))(draw_uniform(d)))),
    'VonMises': ('x mu kappa', lambda x, m, k: k * (cos(x - m) - 1) - log(2 * pi) - log_bessel(k), draw_von_mises,
                 (lambda m, k: k * (1 - bessel_ratio(k)) + log_bessel(k) + log(2 * pi), lambda d: (f32(d.random.uniform(-3, 3)), d.positive())),
                 (k_von_mises, lambda d: (lambda m, k: (m, k, f32(m + d.random.choice([0, 1e-4, 0.1, 1])), d.near(k)))(f32(d.random.uniform(-2, 2)), d.positive()))),
    'Weibull': ('x lam k', d_weibull, draw_weibull, (lambda l, k: euler * (1 - 1 / k) + log(l / k) + 1, lambda d: (d.positive(), d.positive())),
                (k_weibull, lambda d: (lambda l, k: (l, k, f32(l * exp(d.random.choice([0, 0, 1e-3, 1]) / max(k, 1))), f32(k * d.random.choice([1, 1.0001, 0.7, 1.5]))))(d.positive(), d.positive()))),
    'ZeroInflated': ('x! gate lam', d_zero_inflated, lambda d: (lambda x, l: (x, d.unit(), l))(*draw_poisson(d)), None, None),
}


def step(v):
    return abs(v) * mpf(10) ** -18 if v else mpf(10) ** -30


def derivatives(f, v):
    """The gradient, and the matrix of second derivatives."""
    k = len(v)
    h = [step(e) for e in v]

    def at(*moves):
        w = list(v)
        for i, s in moves:
            w[i] += s * h[i]
        return f(*w)
    middle = f(*v)
    up, down = [at((i, 1)) for i in range(k)], [at((i, -1)) for i in range(k)]
    g = [(up[i] - down[i]) / (2 * h[i]) for i in range(k)]
    second = [[mpf(0)] * k for _ in range(k)]
    for i in range(k):
        second[i][i] = (up[i] - 2 * middle + down[i]) / h[i] ** 2
        for j in range(i):
            mixed = (at((i, 1), (j, 1)) - up[i] - up[j] + 2 * middle - down[i] - down[j] + at((i, -1), (j, -1))) / (2 * h[i] * h[j])
            second[i][j] = second[j][i] = mixed
    return middle, g, second


def digits(x, n=17):
    return mp.nstr(x, n, min_fixed=0, max_fixed=0, strip_zeros=True) if x else '0'


def shortest(x):
    return repr(x)[:-2] if repr(x).endswith('.0') else repr(x)


def rows(name, kind, f, draw, count, names):
    source = Draw(name + kind)
    seen = set()
    tries = 0
    while len(seen) < count and tries < 20 * count:
        tries += 1
        v = draw(source)
        if any(e != e or abs(e) > 1e36 or 0 < abs(e) < 1e-36 for e in v) or v in seen:
            continue
        exact = [mpf(e) for e in v]
        fixed = [i for i in range(len(v)) if names and names[i].endswith('!')]
        try:
            if kind == 'd':
                # Counts move by nothing: they are exact.
                free = [i for i in range(len(v)) if i not in fixed]
                whole = lambda *w: f(*[w[free.index(i)] if i in free else exact[i] for i in range(len(v))])
                value, g, second = derivatives(whole, [exact[i] for i in free])
            else:
                free = list(range(len(v)))
                value = f(*exact)
                g = []
                for i in free:
                    h = step(exact[i])
                    w = list(exact)
                    w[i] += h
                    g.append((f(*w) - value) / h)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        # At an edge, where one step crosses it, there is no derivative.
        if any(not isinstance(e, mpf) for e in [value, *g]) or abs(value) > 1e30 or any(abs(e) > 1e30 for e in g):
            continue
        seen.add(v)
        condition = sum(abs(exact[i] * g[j]) for j, i in enumerate(free))
        fields = [kind, *map(shortest, v), digits(value), digits(condition, 3)]
        if kind == 'd':
            for j in range(len(free)):
                fields += [digits(g[j]), digits(sum(abs(exact[i] * second[j][k]) for k, i in enumerate(free)), 3)]
        yield ' '.join(fields)


def print_rows(count, inputs, density, draw):
    names = inputs.split()
    f = eval('lambda ' + ', '.join(name.rstrip('!') for name in names) + ': ' + density, globals())
    print('\n'.join([inputs, *rows(inputs, 'd', f, eval('lambda d: ' + draw, globals()), int(count), names)]))


def main():
    if sys.argv[1:2] == ['--rows']:
        return print_rows(*sys.argv[2:])
    os.makedirs(FOLDER, exist_ok=True)
    for name, (inputs, density, draw, entropy, divergence) in FAMILIES.items():
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        names = inputs.split()
        lines = [inputs, *rows(name, 'd', density, draw, 320, names)]
        if entropy:
            lines += rows(name, 'e', *entropy, 60, None)
        if divergence:
            lines += rows(name, 'k', *divergence, 120, None)
        with open(os.path.join(FOLDER, name + '.txt'), 'w', encoding='ascii', newline='\n') as file:
            file.write('\n'.join(lines) + '\n')
        print(name, len(lines) - 1, flush=True)


if __name__ == '__main__':
    main()
