using System.Globalization;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>The shapes of values, by the operation that makes them; null where nothing is known.</summary>
/// <param name="sites">The program's sites.</param>
/// <param name="ofSite">The shape of a site's value.</param>
/// <param name="ofVariable">The shape of a variable that is nobody's copy: an argument.</param>
internal sealed class ShapeRules(IReadOnlyList<SiteIr> sites, Func<int, ShapeIr?> ofSite, Func<string, ShapeIr?> ofVariable)
{
    private const string Unknown = "?";

    /// <summary>The shape of a value.</summary>
    public ShapeIr? Of(Expr value) => value switch
    {
        Constant => ShapeIr.Scalar,
        SiteRef site => ofSite(site.Slot),
        Variable variable => ofVariable(variable.Name),
        Operation operation => Of(operation),
        Conditional { Arms.Count: 2 } choice when Of(choice.Arms[0]) is { } one && one.Equals(Of(choice.Arms[1])) => one,
        _ => null,
    };

    /// <summary>The shape of one draw from a distribution, without the plates around it.</summary>
    /// <param name="value">What makes the distribution.</param>
    /// <param name="known">What is known of its family.</param>
    public ShapeIr? OfDistribution(Expr value, DistributionIr known) => value switch
    {
        Operation { Name: RuntimeNames.ToEvent or RuntimeNames.Mask } derived => OfDistribution(derived.Operands[0], known),
        Operation { Name: RuntimeNames.Expand } expanded => Sized(expanded.Operands.Skip(1)),
        Creation creation when creation.Type == known.Name => (known.TakesVectors, known.OwnRank) switch
        {
            (true, var rank) => OfVectors(creation.Operands.Select(operand => Of(Unnamed(operand))).FirstOrDefault(shape => shape is not { Sizes.Count: 0, Like: null }), rank),
            (false, 0) => Broadcast(Parameters(creation)),
            (false, 1) => OfMean(Parameters(creation)),
            _ => null,
        },
        _ => null,
    };

    /// <summary>The text of a size: the number that it is, or what computes it.</summary>
    public string SizeText(Expr size) => size is Operation { Name: "[]", Operands: { Count: 2 } operands } && operands[0] is Operation { Name: ".shape" or "size" } shape
        && operands[1] is Constant index && Of(shape.Operands[0]) is { Like: null } known && Number(index) is { } at && at < known.Sizes.Count && at >= -known.Sizes.Count
            ? known.Sizes[at < 0 ? at + known.Sizes.Count : at]
            : Printer.Print(size, sites);

    private ShapeIr? Of(Operation operation)
    {
        if (Operations.IsElementwise(operation.Name)
            || operation is { Operands.Count: 2, Name: "+" or "-" or "*" or "/" or "%" or "<" or ">" or "<=" or ">=" or "==" or "!=" }
                or { Operands.Count: 1, Name: "-" or "+" })
            return Broadcast(operation.Operands.Where(operand => operand is not Operation { Operands.Count: 1 } named || !IsNamed(named)));
        var first = operation.Operands.Count > 0 ? operation.Operands[0] : null;
        switch (operation.Name)
        {
            case "cumprod" or "cumsum" or "flip" or "log_softmax" or "logcumsumexp" or "roll" or "softmax" or "tril" or "triu" or "zeros_like" or "ones_like" or "full_like":
                return Of(first!);
            case "tensor" or "as_tensor":
                return first is Operation { Name: "{}" } list ? OfList(list) : Of(first!) is { Sizes.Count: 0, Like: null } ? ShapeIr.Scalar : null;
            case "zeros" or "ones":
                return Sized(operation.Operands.Where(operand => Name(operand) is null));
            case "full":
                return Sized(operation.Operands.Take(1));
            case "arange" when operation.Operands.Count(operand => Name(operand) is null or "stop") == 1:
                return ShapeIr.Of([SizeText(Unnamed(first!))]);
            case "eye":
                return ShapeIr.Of([SizeText(Unnamed(first!)), SizeText(Unnamed(first!))]);
            case "linspace":
                return Argument(operation, "steps") is { } steps ? ShapeIr.Of([SizeText(steps)]) : null;
            case "reshape" or "view":
                return Sized(operation.Operands.Skip(1));
            case "item" or "numel" or "dot" or "trace" or "det" or "logdet":
                return ShapeIr.Scalar;
            case "sum" or "mean" or "prod" or "logsumexp" or "amax" or "amin" or "std" or "var" or "norm" or "all" or "any" or "argmax" or "argmin" or "max" or "min" or "nansum" or "median":
                return Reduced(operation);
            case "unsqueeze" when Of(first!) is { Like: null } inner && Dimension(operation, inner.Sizes.Count + 1) is { } at:
                return ShapeIr.Of(inner.Sizes.Take(at).Append("1").Concat(inner.Sizes.Skip(at)));
            case "transpose" or "t" when Of(first!) is { Like: null, Sizes.Count: 2 } matrix:
                return ShapeIr.Of([matrix.Sizes[1], matrix.Sizes[0]]);
            case ".T" or ".mT" when Of(first!) is { Like: null, Sizes.Count: 2 } matrix:
                return ShapeIr.Of([matrix.Sizes[1], matrix.Sizes[0]]);
            case "expand" or "broadcast_to":
                return Sized(operation.Operands.Skip(1));
            case "matmul" or "mm" or "mv" when Of(first!) is { Like: null, Sizes.Count: > 0 and <= 2 } left && Of(operation.Operands[1]) is { Like: null, Sizes.Count: > 0 and <= 2 } right:
                return ShapeIr.Of(left.Sizes.Take(left.Sizes.Count - 1).Concat(right.Sizes.Skip(1)));
            case "stack" when first is Operation { Name: "{}" or "new[]" } parts && parts.Operands.Count > 0 && Of(parts.Operands[0]) is { Like: null } part && Dimension(operation, part.Sizes.Count + 1, otherwise: 0) is { } along:
                return ShapeIr.Of(part.Sizes.Take(along).Append(parts.Operands.Count.ToString(CultureInfo.InvariantCulture)).Concat(part.Sizes.Skip(along)));
            case "[]":
                return Indexed(operation);
            default:
                return operation.Name.StartsWith(".", StringComparison.Ordinal) && operation.Name is ".Length" or ".Count" or ".ndim" ? ShapeIr.Scalar : null;
        }
    }

    // A draw is as long as the vector of its parameters, or one of its places.
    private static ShapeIr? OfVectors(ShapeIr? parameters, int eventRank) =>
        eventRank > 0 ? parameters : parameters is { Like: null } ? ShapeIr.Of(parameters.Sizes.Take(parameters.Sizes.Count - 1)) : null;

    // A draw is as long as its mean, where the matrix beside it is one for all of them.
    private ShapeIr? OfMean(IEnumerable<Expr> parameters)
    {
        var shapes = parameters.Select(Of).ToList();
        if (shapes.Count == 1)
            return shapes[0];
        return shapes.Count > 0 && shapes[0] is { Like: null, Sizes.Count: 1 } mean
            && shapes.All(shape => shape is { Like: null, Sizes.Count: <= 2 })
            ? mean
            : null;
    }

    private static IEnumerable<Expr> Parameters(Creation creation) =>
        creation.Operands.Where(operand => operand is not Constant { IsDefault: true } && Name(operand) != "reparameterized").Select(Unnamed);

    // Of one dimension less for each single index.
    private ShapeIr? Indexed(Operation element)
    {
        if (element.Operands[0] is Operation { Name: ".shape" })
            return ShapeIr.Scalar;
        if (Of(element.Operands[0]) is not { } whole)
            return null;
        if (whole.Like is { } name)
            return ShapeIr.Same($"{name}[{string.Join(", ", element.Operands.Skip(1).Select(index => Printer.Print(index, sites)))}]");
        var indices = element.Operands.Skip(1).ToList();
        return indices.Count <= whole.Sizes.Count && indices.All(index => index is Constant constant && Number(constant) is not null)
            ? ShapeIr.Of(whole.Sizes.Skip(indices.Count))
            : null;
    }

    private ShapeIr? Reduced(Operation operation)
    {
        var named = operation.Operands.Skip(1).Where(operand => Name(operand) is "dim" or "dims" or "dimensions").ToList();
        if (operation.Operands.Count == 1 || (named.Count == 0 && operation.Operands.Skip(1).All(operand => Name(operand) is not null)))
            return ShapeIr.Scalar;
        if (named.Count != 1 || Of(operation.Operands[0]) is not { Like: null } whole || Dimension(operation, whole.Sizes.Count) is not { } at)
            return null;
        var keeps = Argument(operation, "keepdim") is Constant { Text: "true" };
        return ShapeIr.Of(whole.Sizes.Take(at).Concat(keeps ? ["1"] : []).Concat(whole.Sizes.Skip(at + 1)));
    }

    private ShapeIr? Broadcast(IEnumerable<Expr> operands)
    {
        var shapes = operands.Select(Of).ToList();
        if (shapes.Count == 0 || shapes.Any(shape => shape is null))
            return null;
        var named = shapes.Where(shape => shape!.Like is not null).Select(shape => shape!.Like!).Distinct().ToList();
        if (named.Count > 0)
            return named.Count == 1 && shapes.All(shape => shape!.Like is not null || shape.Sizes.Count == 0)
                ? ShapeIr.Same(named[0])
                : ShapeIr.Same(string.Join(" with ", named.Concat(shapes.Where(shape => shape!.Like is null && shape.Sizes.Count > 0).Select(shape => shape!.ToString()).Distinct())));
        var rank = shapes.Max(shape => shape!.Sizes.Count);
        return ShapeIr.Of(Enumerable.Range(0, rank).Select(place => shapes
            .Select(shape => place - (rank - shape!.Sizes.Count) is >= 0 and var own ? shape.Sizes[own] : "1")
            .Aggregate("1", Wider)));
    }

    // Two sizes that are broadcast: 1 gives way; a number decides over a name, which must then be that number or 1.
    private static string Wider(string one, string other) => (one, other) switch
    {
        ("1", _) => other,
        (_, "1") => one,
        _ when one == other => one,
        _ when int.TryParse(one, out _) && !int.TryParse(other, out _) => one,
        _ when int.TryParse(other, out _) && !int.TryParse(one, out _) => other,
        _ => Unknown,
    };

    private ShapeIr? OfList(Operation list)
    {
        var inner = list.Operands.Count > 0 && list.Operands[0] is Operation { Name: "{}" } first ? OfList(first)?.Sizes.ToArray() ?? [] : [];
        return ShapeIr.Of(inner.Prepend(list.Operands.Count.ToString(CultureInfo.InvariantCulture)));
    }

    private ShapeIr Sized(IEnumerable<Expr> sizes) => ShapeIr.Of(sizes.Select(Unnamed)
        .SelectMany(size => size is Operation { Name: "{}" or "new[]" } list ? list.Operands : new[] { size }.ToEquatableArray())
        .Select(size => size is Constant { Text: "-1" } ? Unknown : SizeText(size)));

    private int? Dimension(Operation operation, int rank, int? otherwise = null) =>
        Argument(operation, "dim") is Constant constant && !constant.IsDefault ? Number(constant) is { } at && at >= -rank && at < rank ? (at + rank) % rank : null : otherwise;

    private static Expr? Argument(Operation operation, string name) => operation.Operands.FirstOrDefault(operand => Name(operand) == name) is { } found ? Unnamed(found) : null;

    private static string? Name(Expr operand) => operand is Operation { Operands.Count: 1 } named && IsNamed(named) ? named.Name.Substring(0, named.Name.Length - 1) : null;

    private static Expr Unnamed(Expr operand) => operand is Operation { Operands.Count: 1 } named && IsNamed(named) ? named.Operands[0] : operand;

    private static bool IsNamed(Operation operation) => operation.Name[operation.Name.Length - 1] == ':';

    private static int? Number(Constant constant) => int.TryParse(constant.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
