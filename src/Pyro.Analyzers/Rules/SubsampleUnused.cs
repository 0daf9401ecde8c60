using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO051: an observation in a plate that draws its subsample and whose indices nothing asks for. Where the size of the subsample is that of something at hand, the caller has taken it already,
/// and the plate only scales.
/// </summary>
internal sealed class SubsampleUnused() : Rule(
    "PYRO051",
    DiagnosticSeverity.Warning,
    "The subsample indices are not used",
    "Plate '{0}' chooses {1} elements at random, and this value is not indexed with them: every step sees the same rows",
    "A subsampled plate gives the indices that it has chosen. Data that are not indexed with them are always the same, and the rest "
        + "is never seen."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var plate in program.Primitives)
            if (plate is { Kind: PrimitiveKind.IArange, Name.Constant: { } name }
                && plate.Argument("subsample") is null
                && plate.Argument("subsampleSize") is { } size && !IsNull(size) && !IsOfData(size) && plate.Argument("size")?.Syntax.ToString() != size.Syntax.ToString()
                && Scope(plate.Operation, program.Body) is { } scope)
                foreach (var site in program.Primitives)
                    if (site.Value is { } value && scope.Contains(site.Operation.Syntax.Span))
                        report(Diagnostic.Create(Descriptor, value.Syntax.GetLocation(), name, size.Syntax.ToString()));
    }

    private static bool IsOfData(IOperation size) => size.DescendantsAndSelf().Any(part => part switch
    {
        IMemberReferenceOperation { Member.Name: "shape" or "Length" or "LongLength" or "Count" } => true,
        IInvocationOperation { TargetMethod.Name: "size" or "numel" or "Count" or "size_at" } => true,
        ILocalReferenceOperation local => Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only && IsOfData(only),
        _ => false,
    });

    private static bool IsNull(IOperation value) => value.ConstantValue is { HasValue: true, Value: null }
        || value is IConversionOperation { Operand: { ConstantValue: { HasValue: true, Value: null } } };

    /// <summary>The text that a plate holds for; null where its handle is used, and with it perhaps the indices.</summary>
    private static Microsoft.CodeAnalysis.Text.TextSpan? Scope(IOperation plate, IOperation body)
    {
        var inner = plate;
        while (inner.Parent is IConversionOperation or IVariableInitializerOperation)
            inner = inner.Parent;
        if (inner.Parent is IVariableDeclaratorOperation declarator)
        {
            if (Variables.References(declarator.Symbol, body).Count > 0)
                return null;
            for (inner = declarator; inner.Parent is IVariableDeclarationOperation or IVariableDeclarationGroupOperation;)
                inner = inner.Parent;
        }
        return inner.Parent switch
        {
            IUsingOperation scope => scope.Body.Syntax.Span,
            IUsingDeclarationOperation { Parent: IBlockOperation block } declaration =>
                Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(declaration.Syntax.Span.End, block.Syntax.Span.End),
            _ => null,
        };
    }
}
