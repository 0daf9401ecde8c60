using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Catalog;

/// <summary>
/// The functions that the compiler computes with, by the name that both of TorchSharp's spellings (<c>x.exp()</c>, <c>torch.exp(x)</c>) share. All are pure.
/// Names of one meaning are one operation.
/// </summary>
public static class Operations
{
    // Where a function is found does not matter: "exp" is the same as a tensor's method, as torch.exp and as torch.special.exp.
    private static readonly string[] Homes = ["TorchSharp.torch.Tensor", "TorchSharp.torch", "TorchSharp.torch.special", "TorchSharp.torch.linalg", "TorchSharp.torch.nn.functional", "TorchSharp.torch.TensorIndex"];

    private static readonly HashSet<string> Elementwise =
    [
        // Arithmetic and powers.
        "abs", "add", "addcdiv", "addcmul", "atan2", "div", "exp2", "fmod", "hypot", "lerp", "logaddexp", "maximum", "minimum", "mul", "neg", "pow", "reciprocal",
        "remainder", "rsqrt", "sign", "sqrt", "square", "sub", "xlogy",
        // Exponentials, logarithms and the special functions of densities.
        "digamma", "erf", "erfc", "erfinv", "exp", "expm1", "lgamma", "log", "log10", "log1p", "log2", "logit", "polygamma", "sinc",
        // Trigonometry.
        "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "sin", "sinh", "tan", "tanh",
        // Activations.
        "celu", "elu", "gelu", "hardtanh", "leaky_relu", "log_sigmoid", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "softplus", "softsign", "tanhshrink",
        // Rounding and bounds.
        "ceil", "clamp", "floor", "frac", "nan_to_num", "round", "trunc",
        // Comparisons and choices.
        "eq", "ge", "gt", "isfinite", "isinf", "isnan", "le", "logical_and", "logical_not", "logical_or", "logical_xor", "lt", "masked_fill", "ne", "where",
        // What changes how a value is held and not what it is.
        "alias", "clone", "contiguous", "detach", "to", "to_type", "type_as",
    ];

    private static readonly HashSet<string> Others =
    [
        // Along dimensions, to as many numbers.
        "cumprod", "cumsum", "flip", "log_softmax", "logcumsumexp", "roll", "softmax", "tril", "triu",
        // Reductions.
        "all", "amax", "amin", "any", "argmax", "argmin", "count_nonzero", "logsumexp", "max", "mean", "median", "min", "nansum", "norm", "prod", "std", "sum", "var",
        // Products and decompositions.
        "bmm", "cholesky", "det", "dot", "einsum", "inverse", "linear", "logdet", "matmul", "mm", "mv", "outer", "slogdet", "solve", "solve_triangular", "trace",
        // Views.
        "broadcast_to", "diag", "diag_embed", "diagonal", "expand", "expand_as", "flatten", "movedim", "permute", "repeat", "reshape", "squeeze", "t",
        "transpose", "unflatten", "unsqueeze", "view", "view_as",
        // Parts.
        "Bool", "Single", "Slice", "Tensor", "chunk", "gather", "index", "index_select", "masked_select", "narrow", "select", "split", "take", "unbind",
        // Joins.
        "cat", "hstack", "stack", "vstack",
        // From numbers, and back.
        "arange", "as_tensor", "eye", "full", "full_like", "item", "linspace", "numel", "ones", "ones_like", "size", "tensor", "zeros", "zeros_like",
    ];

    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["absolute"] = "abs", ["clip"] = "clamp", ["concat"] = "cat", ["concatenate"] = "cat", ["divide"] = "div", ["expit"] = "sigmoid", ["gammaln"] = "lgamma",
        ["inner"] = "dot", ["inv"] = "inverse", ["less"] = "lt", ["less_equal"] = "le", ["greater"] = "gt", ["greater_equal"] = "ge", ["logsigmoid"] = "log_sigmoid",
        ["multiply"] = "mul", ["negative"] = "neg", ["not_equal"] = "ne", ["psi"] = "digamma", ["subtract"] = "sub", ["swapaxes"] = "transpose", ["swapdims"] = "transpose",
        ["true_divide"] = "div",
        // Conversions to one type.
        ["bool"] = "to", ["@double"] = "to", ["@float"] = "to", ["cpu"] = "to", ["cuda"] = "to", ["double"] = "to", ["float"] = "to", ["int"] = "to", ["long"] = "to",
    };

    // Modules without parameters of their own are functions too; Linear computes with its fields.
    private static readonly Dictionary<string, string> Modules = new()
    {
        ["ELU"] = "elu", ["GELU"] = "gelu", ["Linear"] = "linear", ["LogSigmoid"] = "log_sigmoid", ["LeakyReLU"] = "leaky_relu", ["ReLU"] = "relu", ["SELU"] = "selu",
        ["SiLU"] = "silu", ["Sigmoid"] = "sigmoid", ["Softplus"] = "softplus", ["Tanh"] = "tanh",
    };

    // Their integers are sizes, one a dimension.
    private static readonly HashSet<string> Sized = ["broadcast_to", "expand", "Expand", "eye", "full", "ones", "permute", "repeat", "reshape", "view", "zeros"];

    /// <summary>The names of all operations.</summary>
    public static IEnumerable<string> Names => Elementwise.Concat(Others);

    /// <summary>The operation's name; null for a method that is not known.</summary>
    /// <param name="method">The method.</param>
    public static string? NameOf(IMethodSymbol method)
    {
        var home = method.ContainingType?.FullName() ?? "";
        if (Homes.Contains(home))
            return Name(method.Name) is var name && (IsElementwise(name) || Others.Contains(name)) ? name : null;
        return home == RuntimeNames.Distribution && IsOfDistributions(method.Name) ? method.Name : null;
    }

    /// <summary>What a module of this type computes when it is called; null where that is not known.</summary>
    /// <param name="module">The module's type.</param>
    public static string? NameOfModule(ITypeSymbol? module) =>
        module?.ContainingNamespace?.FullName() == "TorchSharp.Modules" && Modules.TryGetValue(module.Name, out var name) ? name : null;

    /// <summary>Whether the operation acts on each element by itself, its operands broadcast against each other.</summary>
    /// <param name="name">The operation.</param>
    public static bool IsElementwise(string name) => Elementwise.Contains(name);

    /// <summary>Whether the operation's integers are sizes, or places, of dimensions in order.</summary>
    /// <param name="name">The operation.</param>
    public static bool TakesSizes(string name) => Sized.Contains(name);

    /// <summary>Whether the operation is one of C#'s own on numbers and tensors, or one that is known.</summary>
    /// <param name="operation">The operation.</param>
    public static bool IsKnown(Operation operation) =>
        IsElementwise(operation.Name) || Others.Contains(operation.Name) || IsOfDistributions(operation.Name)
        || !char.IsLetter(operation.Name[0]) || operation.Name[operation.Name.Length - 1] == ':' || operation.Name is "tuple";

    /// <summary>Whether the operation computes with tensors: more than taking a part of something or naming an argument.</summary>
    /// <param name="name">The operation.</param>
    public static bool IsComputation(string name) => IsElementwise(name) || Others.Contains(name) || name is "+" or "-" or "*" or "/" or "%";

    // What makes a distribution of another.
    private static bool IsOfDistributions(string name) => name is RuntimeNames.Expand or RuntimeNames.Mask or RuntimeNames.ToEvent;

    private static string Name(string method) => Synonyms.TryGetValue(method, out var name) ? name : method;
}
