using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO003: a call whose sites are in none of the program's tables, or a site whose name is a text with more in it than constants and whole numbers, in a method that is not marked Dynamic.
/// </summary>
internal sealed class UnknownConstruct() : Rule(
    "PYRO003",
    DiagnosticSeverity.Info,
    "A construct is not known to the compiler",
    "The sites of {0} are known only when '{1}' runs: {2}",
    "A program whose sites are all known has them in its tables and its graph. Those behind such a construct are found when it "
        + "runs, by name; a method that is marked Dynamic says that this is meant."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        if (type.Symbols.Programs.IsDynamic(program.Method))
            return;
        foreach (var call in program.Calls)
            if (Reason(call.TargetMethod, program, type) is { } reason)
                report(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), $"'{call.TargetMethod.Name}'", program.Method.Name, reason));
        foreach (var site in program.Primitives)
            if (site.IsSite && HasOtherHole(site.Argument("name")!))
                report(Diagnostic.Create(Descriptor, site.NameArgument.GetLocation(), $"'{site.NameArgument}'", program.Method.Name, "the name is no pattern over whole numbers"));
    }

    /// <summary>Whether a name is an interpolated text with a hole that is no index of a family.</summary>
    private static bool HasOtherHole(IOperation name) => name switch
    {
        IConversionOperation conversion => HasOtherHole(conversion.Operand),
        IInterpolatedStringOperation { ConstantValue.HasValue: false } text => text.Parts.OfType<IInterpolationOperation>().Any(hole => hole.Alignment is not null || hole.FormatString is not null
            || (!Bare(hole.Expression).ConstantValue.HasValue && Bare(hole.Expression).Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64))
            || Bare(hole.Expression).DescendantsAndSelf().Any(part => part is IInvocationOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation)),
        _ => false,
    };

    private static IOperation Bare(IOperation value) => value is IConversionOperation { IsImplicit: true } conversion ? Bare(conversion.Operand) : value;

    private static string? Reason(IMethodSymbol called, MethodBody program, ProgramType type) =>
        SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, program.Method) ? "it calls itself"
        : called.Name == "RandomModule" && SymbolEqualityComparer.Default.Equals(called.ContainingType, type.Symbols.Primitives) ? "they are the parameters of a network"
        : type.Body(called) is { } body && !type.Symbols.Programs.IsProgram(body.Method) && Sites.Of(body, type).Calls.Any(call => call.IsSite) ? "it is not marked [Model]"
        : null;
}
