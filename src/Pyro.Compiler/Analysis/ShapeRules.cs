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
        Cast cast => Of(cast.Value),
        Element element => OfElement(element),
        Member { Name: "Length" or "Count" or "ndim" } => ShapeIr.Scalar,
        Member { Name: "T" or "mT" } transposed => Transposed(transposed.Value),
        Operation operation => Of(operation),
        Conditional { IsComplete: true } choice when Of(choice.Arms[0]) is { } one && choice.Arms.All(arm => one.Equals(Of(arm))) => one,
        _ => null,
    };

    /// <summary>The shape of one draw from a distribution, without the plates around it.</summary>
    /// <param name="value">What makes the distribution.</param>
    /// <param name="known">What is known of its family.</param>
    public ShapeIr? OfDistribution(Expr value, DistributionIr known) => value switch
    {
        Cast cast => OfDistribution(cast.Value, known),
        Operation { Op.Name: RuntimeNames.ToEvent or RuntimeNames.Mask } derived => OfDistribution(derived.Operands[0], known),
        Operation { Op.Name: RuntimeNames.Expand } expanded => Sized(expanded.Operands.Skip(1)),
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
    public string SizeText(Expr size) =>
        size is Element { Operands: { Count: 2 } operands, Whole: Member { Name: "shape" } or Operation { Op.Name: "size" } }
        && Number(operands[1]) is { } at && Of(operands[0].Operands().First()) is { Like: null } known && at < known.Sizes.Count && at >= -known.Sizes.Count
            ? known.Sizes[at < 0 ? at + known.Sizes.Count : at]
            : Printer.Print(size, sites);

    private ShapeIr? Of(Operation operation)
    {
        var first = operation.Operands.Count > 0 ? operation.Operands[0] : null;
        return operation.Op.Shape switch
        {
            ShapeRule.Broadcast => Broadcast(operation.Operands.Where(operand => operand is not Named)),
            ShapeRule.Same => Of(first!),
            ShapeRule.Scalar => ShapeIr.Scalar,
            ShapeRule.Reduced => Reduced(operation),
            ShapeRule.Sizes => Sized(operation.Operands.Where(operand => operand is not Named)),
            ShapeRule.SizesFirst => Sized(operation.Operands.Take(1)),
            ShapeRule.SizesAfter => Sized(operation.Operands.Skip(1)),
            ShapeRule.List => first is Items list ? OfList(list) : Of(first!) is { Sizes.Count: 0, Like: null } ? ShapeIr.Scalar : null,
            ShapeRule.Range => operation.Operands.Count(operand => operand is not Named { Parameter: not "stop" }) == 1 ? ShapeIr.Of([SizeText(Unnamed(first!))]) : null,
            ShapeRule.Steps => Argument(operation, "steps") is { } steps ? ShapeIr.Of([SizeText(steps)]) : null,
            ShapeRule.Square => ShapeIr.Of([SizeText(Unnamed(first!)), SizeText(Unnamed(first!))]),
            ShapeRule.Unsqueezed => Of(first!) is { Like: null } inner && Dimension(operation, inner.Sizes.Count + 1) is { } at
                ? ShapeIr.Of(inner.Sizes.Take(at).Append("1").Concat(inner.Sizes.Skip(at)))
                : null,
            ShapeRule.Transposed => Transposed(first!),
            ShapeRule.Product => Of(first!) is { Like: null, Sizes.Count: > 0 and <= 2 } left && Of(operation.Operands[1]) is { Like: null, Sizes.Count: > 0 and <= 2 } right
                ? ShapeIr.Of(left.Sizes.Take(left.Sizes.Count - 1).Concat(right.Sizes.Skip(1)))
                : null,
            ShapeRule.Stacked => first is Items { Operands: { Count: > 0 } parts } && Of(parts[0]) is { Like: null } part && Dimension(operation, part.Sizes.Count + 1, otherwise: 0) is { } along
                ? ShapeIr.Of(part.Sizes.Take(along).Append(parts.Count.ToString(CultureInfo.InvariantCulture)).Concat(part.Sizes.Skip(along)))
                : null,
            _ => null,
        };
    }

    private ShapeIr? Transposed(Expr value) => Of(value) is { Like: null, Sizes: { Count: 2 } sizes } ? ShapeIr.Of([sizes[1], sizes[0]]) : null;

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
        creation.Operands.Where(operand => operand is not (Constant { IsDefault: true } or Named { Parameter: RuntimeNames.Reparameterized })).Select(Unnamed);

    // Of one dimension less for each single index.
    private ShapeIr? OfElement(Element element)
    {
        if (element.Whole is Member { Name: "shape" })
            return ShapeIr.Scalar;
        if (Of(element.Whole) is not { } whole)
            return null;
        if (whole.Like is { } name)
            return ShapeIr.Same($"{name}[{string.Join(", ", element.Indices.Select(index => Printer.Print(index, sites)))}]");
        var indices = element.Indices.ToList();
        return indices.Count <= whole.Sizes.Count && indices.All(index => Number(index) is not null)
            ? ShapeIr.Of(whole.Sizes.Skip(indices.Count))
            : null;
    }

    private ShapeIr? Reduced(Operation operation)
    {
        var named = operation.Operands.Skip(1).Where(operand => operand is Named { Parameter: "dim" or "dims" or "dimensions" }).ToList();
        if (operation.Operands.Count == 1 || (named.Count == 0 && operation.Operands.Skip(1).All(operand => operand is Named)))
            return ShapeIr.Scalar;
        if (named.Count != 1 || Of(operation.Operands[0]) is not { Like: null } whole || Dimension(operation, whole.Sizes.Count) is not { } at)
            return null;
        var keeps = Argument(operation, "keepdim") is Constant { Number: 1 };
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

    private ShapeIr? OfList(Items list)
    {
        var inner = list.Operands.Count > 0 && list.Operands[0] is Items first ? OfList(first)?.Sizes.ToArray() ?? [] : [];
        return ShapeIr.Of(inner.Prepend(list.Operands.Count.ToString(CultureInfo.InvariantCulture)));
    }

    private ShapeIr Sized(IEnumerable<Expr> sizes) => ShapeIr.Of(sizes.Select(Unnamed)
        .SelectMany(size => size is Items list ? list.Operands : new[] { size }.ToEquatableArray())
        .Select(size => Number(size) < 0 ? Unknown : SizeText(size)));

    private int? Dimension(Operation operation, int rank, int? otherwise = null) =>
        Argument(operation, "dim") is Constant { IsDefault: false } constant ? Number(constant) is { } at && at >= -rank && at < rank ? (at + rank) % rank : null : otherwise;

    private static Expr? Argument(Operation operation, string name) =>
        operation.Operands.OfType<Named>().FirstOrDefault(operand => operand.Parameter == name)?.Value;

    private static Expr Unnamed(Expr operand) => operand is Named named ? named.Value : operand;

    private static int? Number(Expr value) => value is Constant { Number: { } number } && number == (int)number ? (int)number : null;
}
