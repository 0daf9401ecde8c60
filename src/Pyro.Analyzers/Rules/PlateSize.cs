using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO052: a plate that is entered with another size than before, in one run or in the guide of a model. Only sizes that are constants are compared.</summary>
internal sealed class PlateSize() : Rule(
    "PYRO052",
    DiagnosticSeverity.Warning,
    "One plate has two sizes",
    "The plate '{0}' has the size {1} here and {2} {3}: give both the same, or two names",
    "A plate is one set of independent elements in a run, and in a guide and its model."), IProgramRule, IPairRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        var plates = Sized(program).ToList();
        foreach (var (plate, size) in plates)
            if (plates.FirstOrDefault(other => other.Plate.Name.Constant == plate.Name.Constant && other.Size != size
                    && program.Flow.Follows(other.Plate.Operation.Syntax, plate.Operation.Syntax)) is { Plate: not null } earlier)
                Report(plate, size, earlier.Size, "before", report);
    }

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        var model = Sized(pair.Model).ToLookup(plate => plate.Plate.Name.Constant, plate => plate.Size);
        foreach (var (plate, size) in Sized(pair.Guide))
            if (model[plate.Name.Constant].Any() && model[plate.Name.Constant].All(other => other != size))
                Report(plate, size, model[plate.Name.Constant].First(), "in the model", report);
    }

    private void Report(PrimitiveCall plate, long size, long other, string where, Action<Diagnostic> report) =>
        report(Diagnostic.Create(Descriptor, plate.Argument("size")!.Syntax.GetLocation(), plate.Name.Constant, size, other, where));

    private static IEnumerable<(PrimitiveCall Plate, long Size)> Sized(MethodBody program) =>
        from plate in program.Primitives
        where plate.Kind is PrimitiveKind.IArange or PrimitiveKind.IRange && plate.Name.Constant is not null
        let size = plate.Argument("size")?.ConstantValue
        where size is { HasValue: true, Value: int or long }
        select (plate, System.Convert.ToInt64(size.Value.Value, System.Globalization.CultureInfo.InvariantCulture));
}
