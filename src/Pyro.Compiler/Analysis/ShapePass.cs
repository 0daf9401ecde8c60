using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Analysis;

/// <summary>The shape of each site's value, from the shapes that its density is made of and the plates around it.</summary>
internal static class ShapePass
{
    /// <summary>The program with the shapes of its densities.</summary>
    public static ProgramIr Run(ProgramIr program)
    {
        var shapes = new ShapeIr?[program.Sites.Count];
        // While somebody types, two parameters may have one name.
        var arguments = new Dictionary<string, ShapeIr?>();
        foreach (var parameter in program.Parameters)
            arguments[parameter.Name.TrimStart('@')] = parameter.Kind switch
            {
                ValueKind.Other => null,
                ValueKind.Tensor => ShapeIr.Same(parameter.Name),
                _ => ShapeIr.Scalar,
            };
        var rules = new ShapeRules(program.Sites, slot => shapes[slot], variable => arguments.TryGetValue(variable, out var shape) ? shape : null);
        var plates = Plates(program);
        foreach (var density in program.Densities)
        {
            var site = program.Sites[density.Slot];
            // A plate without a size has what its first site gives it when it runs.
            var isSized = site.Plates.All(plate => plates[plate] is not null || !program.Plates[plate].Vectorized);
            shapes[density.Slot] = isSized ? Of(site, density, rules, plates) : null;
        }
        return program with { Densities = program.Densities.Select(density => density with { Shape = shapes[density.Slot] }).ToEquatableArray() };
    }

    private static ShapeIr? Of(SiteIr site, DensityIr density, ShapeRules rules, IReadOnlyList<Expr?> plates)
    {
        if (density.Distribution is null)
            return null;
        if (site.Kind == SiteKind.Param)
            return rules.Of(density.Distribution is Lambda { Function.Body: { Nodes: { Count: 1 } nodes } } && nodes[0] is Leave { Value: { } made } ? made : density.Distribution);
        if (rules.OfDistribution(density.Distribution, site.Distribution) is not { } own)
            return null;
        // Inside of vectorised plates the leftmost dimensions are the plates', outermost first: what is smaller is expanded to them.
        var around = site.Plates.Where(plate => plates[plate] is not null).Select(plate => rules.SizeText(plates[plate]!)).ToList();
        if (around.Count == 0 || own.Like is not null)
            return own;
        if (site.Distribution.EventRank is not { } rank)
            return null;
        var rest = own.Sizes.Skip(Math.Min(around.Count, own.Sizes.Count - rank));
        return ShapeIr.Of(around.Concat(rest));
    }

    // The size of each vectorised plate; null for one of an IRange, whose members are sites of their own.
    private static List<Expr?> Plates(ProgramIr program)
    {
        var sizes = new List<Expr?>(program.Plates.Select(_ => (Expr?)null));
        foreach (var scope in program.Nodes.Statements().OfType<PlateScope>().Where(scope => scope.Plate >= 0))
        {
            var opened = scope.Size is Variable variable
                ? program.Nodes.Expressions().OfType<Assign>().FirstOrDefault(assign => assign.Variable == variable.Name)?.Value
                : scope.Size;
            // With a subsample size, that is how many there are.
            if (opened is Opening { Operands.Count: > 0 } plate)
                sizes[scope.Plate] = plate.Operands[Math.Min(1, plate.Operands.Count - 1)];
        }
        return sizes;
    }
}
