using Microsoft.CodeAnalysis;
using static Pyro.Compiler.Catalog.ShapeRule;
using static Pyro.Compiler.Catalog.Traits;

namespace Pyro.Compiler.Catalog;

/// <summary>
/// The operations that the compiler and the analyzers know, one row each. Where a method is found does not matter: <c>exp</c> is the same as a tensor's method, as
/// <c>torch.exp</c> and as <c>torch.special.exp</c>, and <c>x - 1</c> is <c>x.sub(1)</c>.
/// </summary>
public static class Operations
{
    private static readonly Op[] Rows =
    [
        // Arithmetic and powers.
        new("abs", Broadcast, Nonlinear, "absolute", "Abs"),
        new("add", Broadcast, None, "+"),
        new("addcdiv", Broadcast, None),
        new("addcmul", Broadcast, None),
        new("div", Broadcast, None, "/", "divide", "true_divide"),
        new("exp2", Broadcast, Nonlinear, "Exp2"),
        new("fmod", Broadcast, Nonlinear),
        new("hypot", Broadcast, Nonlinear, "Hypot"),
        new("lerp", Broadcast, None),
        new("logaddexp", Broadcast, Nonlinear),
        new("maximum", Broadcast, Nonlinear, "Max"),
        new("minimum", Broadcast, Nonlinear, "Min"),
        new("mul", Broadcast, Multiplies, "*", "multiply"),
        new("neg", Broadcast, None, "-x", "negative"),
        new("pow", Broadcast, Nonlinear, "Pow"),
        new("reciprocal", Broadcast, Nonlinear),
        new("remainder", Broadcast, Nonlinear, "%"),
        new("rsqrt", Broadcast, Nonlinear),
        new("sign", Broadcast, Jumps, "sgn", "Sign"),
        new("sqrt", Broadcast, Nonlinear, "Sqrt"),
        new("square", Broadcast, Nonlinear),
        new("sub", Broadcast, None, "-", "subtract"),
        new("xlogy", Broadcast, Nonlinear),

        // Exponentials, logarithms and the special functions of densities.
        new("digamma", Broadcast, Nonlinear, "psi"),
        new("erf", Broadcast, Nonlinear),
        new("erfc", Broadcast, Nonlinear),
        new("erfinv", Broadcast, Nonlinear),
        new("exp", Broadcast, Nonlinear, "Exp"),
        new("expm1", Broadcast, Nonlinear, "ExpM1"),
        new("lgamma", Broadcast, Nonlinear, "gammaln"),
        new("log", Broadcast, Nonlinear, "Log"),
        new("log10", Broadcast, Nonlinear, "Log10"),
        new("log1p", Broadcast, Nonlinear, "LogP1"),
        new("log2", Broadcast, Nonlinear, "Log2"),
        new("logit", Broadcast, Nonlinear),
        new("polygamma", Broadcast, Nonlinear),
        new("sinc", Broadcast, Nonlinear),

        // Trigonometry.
        new("acos", Broadcast, Nonlinear, "Acos", "arccos"),
        new("acosh", Broadcast, Nonlinear, "Acosh", "arccosh"),
        new("asin", Broadcast, Nonlinear, "Asin", "arcsin"),
        new("asinh", Broadcast, Nonlinear, "Asinh", "arcsinh"),
        new("atan", Broadcast, Nonlinear, "Atan", "arctan"),
        new("atan2", Broadcast, Nonlinear, "Atan2"),
        new("atanh", Broadcast, Nonlinear, "Atanh", "arctanh"),
        new("cos", Broadcast, Nonlinear, "Cos"),
        new("cosh", Broadcast, Nonlinear, "Cosh"),
        new("sin", Broadcast, Nonlinear, "Sin"),
        new("sinh", Broadcast, Nonlinear, "Sinh"),
        new("tan", Broadcast, Nonlinear, "Tan"),
        new("tanh", Broadcast, Nonlinear, "Tanh"),

        // Activations.
        new("celu", Broadcast, Nonlinear),
        new("elu", Broadcast, Nonlinear, "ELU"),
        new("gelu", Broadcast, Nonlinear, "GELU"),
        new("hardtanh", Broadcast, Nonlinear),
        new("leaky_relu", Broadcast, Nonlinear, "LeakyReLU"),
        new("log_sigmoid", Broadcast, Nonlinear, "logsigmoid", "LogSigmoid"),
        new("mish", Broadcast, Nonlinear),
        new("relu", Broadcast, Nonlinear, "ReLU"),
        new("relu6", Broadcast, Nonlinear),
        new("selu", Broadcast, Nonlinear, "SELU"),
        new("sigmoid", Broadcast, Nonlinear, "expit", "Sigmoid"),
        new("silu", Broadcast, Nonlinear, "SiLU"),
        new("softplus", Broadcast, Nonlinear, "Softplus"),
        new("softsign", Broadcast, Nonlinear),
        new("tanhshrink", Broadcast, Nonlinear),

        // Rounding and bounds.
        new("ceil", Broadcast, Jumps, "Ceiling"),
        new("clamp", Broadcast, Nonlinear, "clip", "Clamp"),
        new("floor", Broadcast, Jumps, "Floor"),
        new("frac", Broadcast, Nonlinear),
        new("heaviside", Broadcast, Jumps),
        new("nan_to_num", Broadcast, None),
        new("round", Broadcast, Jumps, "Round"),
        new("trunc", Broadcast, Jumps, "fix", "Truncate"),

        // Comparisons and choices.
        new("eq", Broadcast, Compares, "=="),
        new("ge", Broadcast, Compares, ">=", "greater_equal"),
        new("gt", Broadcast, Compares, ">", "greater"),
        new("isfinite", Broadcast, None, "IsFinite"),
        new("isinf", Broadcast, None, "IsInfinity"),
        new("isnan", Broadcast, None, "IsNaN"),
        new("le", Broadcast, Compares, "<=", "less_equal"),
        new("logical_and", Broadcast, None),
        new("logical_not", Broadcast, None, "!x"),
        new("logical_or", Broadcast, None),
        new("logical_xor", Broadcast, None),
        new("lt", Broadcast, Compares, "<", "less"),
        new("masked_fill", Broadcast, None),
        new("ne", Broadcast, Compares, "!=", "not_equal"),
        new("where", Broadcast, Chooses),

        // Of the bits of integers.
        new("bitwise_and", Broadcast, Jumps, "&"),
        new("bitwise_left_shift", Broadcast, Jumps, "<<"),
        new("bitwise_not", Broadcast, Jumps, "~x"),
        new("bitwise_or", Broadcast, Jumps, "|"),
        new("bitwise_right_shift", Broadcast, Jumps, ">>"),
        new("bitwise_xor", Broadcast, Jumps, "^"),

        // What changes how a value is held and not what it is.
        new("alias", Broadcast, View),
        new("clone", Broadcast, View),
        new("contiguous", Broadcast, View),
        new("detach", Broadcast, View | EndsGradient),
        new("to", Broadcast, View, "bool", "cpu", "cuda", "double", "float", "int", "long"),
        new("to_type", Broadcast, View),
        new("type_as", Broadcast, View),

        // Along dimensions, to as many numbers.
        new("cumprod", Same, Nonlinear),
        new("cumsum", Same, None),
        new("flip", Same, None),
        new("log_softmax", Same, Nonlinear),
        new("logcumsumexp", Same, Nonlinear),
        new("roll", Same, None),
        new("softmax", Same, Nonlinear),
        new("tril", Same, None),
        new("triu", Same, None),

        // Reductions.
        new("all", Reduced, None),
        new("amax", Reduced, Nonlinear),
        new("amin", Reduced, Nonlinear),
        new("any", Reduced, None),
        new("argmax", Reduced, Jumps),
        new("argmin", Reduced, Jumps),
        new("count_nonzero", Unknown, Jumps),
        new("logsumexp", Reduced, Nonlinear),
        new("max", Reduced, Nonlinear),
        new("mean", Reduced, None),
        new("median", Reduced, Nonlinear),
        new("min", Reduced, Nonlinear),
        new("nansum", Reduced, None),
        new("norm", Reduced, Nonlinear),
        new("prod", Reduced, Nonlinear),
        new("std", Reduced, Nonlinear),
        new("sum", Reduced, None),
        new("var", Reduced, Nonlinear),

        // Products and decompositions.
        new("bmm", Unknown, Multiplies),
        new("cholesky", Unknown, Nonlinear),
        new("det", Scalar, Nonlinear),
        new("dot", Scalar, Multiplies, "inner"),
        new("einsum", Unknown, Multiplies),
        new("inverse", Unknown, Nonlinear, "inv"),
        new("linear", Unknown, Multiplies, "Linear"),
        new("logdet", Scalar, Nonlinear),
        new("matmul", Product, Multiplies),
        new("mm", Product, Multiplies),
        new("mv", Product, Multiplies),
        new("outer", Unknown, Multiplies),
        new("slogdet", Unknown, Nonlinear),
        new("solve", Unknown, None),
        new("solve_triangular", Unknown, None),
        new("trace", Scalar, None),

        // Other shapes.
        new("broadcast_to", SizesAfter, View),
        new("diag", Unknown, None),
        new("diag_embed", Unknown, None),
        new("diagonal", Unknown, View),
        new("expand", SizesAfter, View),
        new("expand_as", Unknown, View),
        new("flatten", Unknown, View),
        new("movedim", Unknown, View),
        new("permute", Unknown, View | TakesDimensions),
        new("repeat", Unknown, View | TakesDimensions),
        new("reshape", SizesAfter, View),
        new("squeeze", Unknown, View),
        new("t", Transposed, View),
        new("transpose", Transposed, View, "swapaxes", "swapdims"),
        new("unflatten", Unknown, View),
        new("unsqueeze", Unsqueezed, View),
        new("view", SizesAfter, View),
        new("view_as", Unknown, View),

        // Parts.
        new("Bool", Unknown, None),
        new("Single", Unknown, None),
        new("Slice", Unknown, None),
        new("Tensor", Unknown, None),
        new("chunk", Unknown, View),
        new("gather", Unknown, View | Chooses),
        new("index", Unknown, View | Chooses),
        new("index_select", Unknown, View | Chooses),
        new("masked_select", Unknown, View | Chooses),
        new("narrow", Unknown, View),
        new("select", Unknown, View),
        new("split", Unknown, View),
        new("take", Unknown, View | Chooses),
        new("take_along_dim", Unknown, View | Chooses),
        new("unbind", Unknown, View),
        new("bucketize", Same, Jumps),

        // Joins.
        new("cat", Unknown, None, "concat", "concatenate"),
        new("hstack", Unknown, None),
        new("stack", Stacked, None),
        new("vstack", Unknown, None),

        // From numbers, and back.
        new("arange", ShapeRule.Range, None),
        new("as_tensor", List, None),
        new("data", Unknown, EndsGradient),
        new("eye", Square, None),
        new("full", SizesFirst, None),
        new("full_like", Same, None),
        new("item", Scalar, EndsGradient, "ToDouble", "ToSingle"),
        new("linspace", Steps, None),
        new("numel", Scalar, None),
        new("ones", Sizes, None),
        new("ones_like", Same, None),
        new("size", Unknown, None),
        new("tensor", List, None),
        new("zeros", Sizes, None),
        new("zeros_like", Same, None),

        // What makes a distribution of another.
        new(RuntimeNames.Expand, Unknown, OfDistributions | TakesDimensions),
        new(RuntimeNames.Mask, Unknown, OfDistributions),
        new(RuntimeNames.ToEvent, Unknown, OfDistributions),

        // Random numbers.
        new("bernoulli", Unknown, Draws),
        new("cauchy", Unknown, Draws),
        new("exponential", Unknown, Draws),
        new("geometric", Unknown, Draws),
        new("log_normal", Unknown, Draws),
        new("multinomial", Unknown, Draws),
        new("normal", Unknown, Draws),
        new("poisson", Unknown, Draws),
        new("rand", Unknown, Draws),
        new("rand_like", Unknown, Draws),
        new("randint", Unknown, Draws),
        new("randint_like", Unknown, Draws),
        new("randn", Unknown, Draws),
        new("randn_like", Unknown, Draws),
        new("random", Unknown, Draws),
        new("randperm", Unknown, Draws),
        new("uniform", Unknown, Draws),
    ];

    // Classes with the functions of torch; those of C# on numbers are the same functions.
    private static readonly HashSet<string> Homes =
    [
        RuntimeNames.Tensor, RuntimeNames.Torch, RuntimeNames.Torch + ".special", RuntimeNames.Torch + ".linalg", RuntimeNames.Torch + ".nn.functional",
        RuntimeNames.Torch + ".TensorIndex", "TorchSharp.TensorExtensionMethods", "TorchSharp.ScalarExtensionMethods", "System.Math", "System.MathF", "float", "double",
    ];

    private static readonly Dictionary<string, Op> ByName = Rows.SelectMany(row => row.Spellings.Prepend(row.Name).Select(spelling => (spelling, row)))
        .ToDictionary(one => one.spelling, one => one.row, StringComparer.Ordinal);

    /// <summary>All operations.</summary>
    public static IReadOnlyList<Op> All => Rows;

    /// <summary>The operation of a method, in its place as well; null for a method that is not known.</summary>
    /// <param name="method">The method.</param>
    public static Op? Of(IMethodSymbol method)
    {
        var home = method.ContainingType?.FullName() ?? "";
        if (home == RuntimeNames.Distribution)
            return Of(method.Name) is { } made && made.Is(OfDistributions) ? made : null;
        return !Homes.Contains(home) ? null
            : Of(method.Name) ?? (ChangesInPlace(method.Name) ? Of(method.Name.Substring(0, method.Name.Length - 1)) : null);
    }

    /// <summary>The operation of a method that is a function of its operands, and does nothing else; null for others.</summary>
    /// <param name="method">The method.</param>
    public static Op? FunctionOf(IMethodSymbol method) => !ChangesInPlace(method.Name) && Of(method) is { } op && !op.Is(Draws) ? op : null;

    /// <summary>What a module of this type computes when it is called; null where that is not known.</summary>
    /// <param name="module">The module's type.</param>
    public static Op? OfModule(ITypeSymbol? module) => module?.ContainingNamespace?.FullName() == RuntimeNames.Modules ? Of(module.Name) : null;

    /// <summary>The operation of this name or spelling; null for none.</summary>
    /// <param name="name">The name.</param>
    public static Op? Of(string name) => ByName.TryGetValue(name, out var op) ? op : null;

    /// <summary>Whether a method changes its tensor: PyTorch marks these with an underscore.</summary>
    /// <param name="method">The method's name.</param>
    public static bool ChangesInPlace(string method) => method.EndsWith("_", StringComparison.Ordinal);
}
