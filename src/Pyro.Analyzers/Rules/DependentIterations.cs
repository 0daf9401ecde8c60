using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO050: a site of an IRange loop that reads a variable from before the loop which an earlier iteration has set to what it drew. Only single values are
/// followed: what a collection holds of which iteration is not known.
/// </summary>
internal sealed class DependentIterations : IProgramRule
{
    public DiagnosticDescriptor Descriptor => PlateRules.DependentIterations;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var plate in program.Primitives.Where(call => call.Kind == PrimitiveKind.IRange))
            if (Loop(plate.Operation) is { } loop)
                foreach (var (call, variable) in Carried(program, loop))
                    report(Diagnostic.Create(Descriptor, call.Verb, plate.Name.Key ?? plate.NameArgument.ToString(), variable.Name));
    }

    /// <summary>The sites of a loop that read what an earlier iteration drew, with the variable.</summary>
    public static IEnumerable<(PrimitiveCall Call, ILocalSymbol Variable)> Carried(MethodBody program, IForEachLoopOperation loop)
    {
        var drawn = Drawn(program, loop);
        foreach (var call in program.Primitives.Where(call => call.IsSite && loop.Body.Syntax.Span.Contains(call.Operation.Syntax.Span)))
            foreach (var read in call.Operation.Descendants().OfType<ILocalReferenceOperation>().GroupBy(read => read.Local, SymbolEqualityComparer.Default))
            {
                var variable = (ILocalSymbol)read.Key!;
                var writes = Writes(loop, variable).ToList();
                if (IsOutside(variable, loop) && writes.Any(write => Holds(write.Value, drawn, program)) && writes.All(write => read.First().Syntax.SpanStart < write.Syntax.Span.End))
                    yield return (call, variable);
            }
    }

    /// <summary>The variables of one iteration that hold what it drew.</summary>
    private static HashSet<ISymbol> Drawn(MethodBody program, IForEachLoopOperation loop)
    {
        var drawn = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var declared in loop.Body.Descendants().OfType<IVariableDeclaratorOperation>())
            if (declared.GetVariableInitializer()?.Value is { } value && Holds(value, drawn, program))
                drawn.Add(declared.Symbol);
        return drawn;
    }

    private static bool Holds(IOperation value, HashSet<ISymbol> drawn, MethodBody program) => value.DescendantsAndSelf().Any(part => part switch
    {
        ILocalReferenceOperation local => drawn.Contains(local.Local),
        IInvocationOperation call => program.Primitives.Any(primitive => primitive.Kind == PrimitiveKind.Sample && primitive.Operation == call),
        _ => false,
    });

    private static IEnumerable<IAssignmentOperation> Writes(IForEachLoopOperation loop, ILocalSymbol variable) => loop.Body.Descendants()
        .OfType<IAssignmentOperation>().Where(write => write.Target is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, variable));

    private static bool IsOutside(ILocalSymbol variable, IForEachLoopOperation loop) =>
        variable.Type is not (IArrayTypeSymbol or INamedTypeSymbol { IsGenericType: true })
        && !variable.DeclaringSyntaxReferences.Any(reference => loop.Syntax.Span.Contains(reference.Span));

    private static IForEachLoopOperation? Loop(IOperation call)
    {
        var around = call.Parent;
        while (around is IConversionOperation)
            around = around.Parent;
        return around as IForEachLoopOperation;
    }
}
