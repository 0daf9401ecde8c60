using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO050: a site of an IRange loop that reads what an earlier iteration drew: from a variable from before the loop, or from an element of a collection that is seen to be another iteration's,
/// <c>z[t - 1]</c> where <c>z[t]</c> is written or the last one before the next is added.
/// </summary>
internal sealed class DependentIterations() : Rule(
    "PYRO050",
    DiagnosticSeverity.Error,
    "Iterations that are declared independent are not",
    "The iterations of the plate '{0}' are declared independent, and this site reads '{1}', which an earlier iteration has drawn: "
        + "use a plain loop",
    "Inference takes the iterations of an IRange as independent: it subsamples them, runs them as one and leaves their "
        + "costs apart."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var plate in program.Primitives.Where(call => call.Kind == PrimitiveKind.IRange))
            if (Loop(plate.Operation, program) is { } loop)
                foreach (var (call, variable) in Carried(program, loop))
                    report(Diagnostic.Create(Descriptor, call.Verb, plate.Name.Text ?? plate.NameArgument.ToString(), variable));
    }

    /// <summary>The sites of a loop that read what an earlier iteration drew, with what they read it from.</summary>
    public static IEnumerable<(PrimitiveCall Call, string From)> Carried(MethodBody program, IForEachLoopOperation loop)
    {
        var drawn = Drawn(program, loop);
        foreach (var call in program.Primitives.Where(call => call.IsSite && loop.Body.Syntax.Span.Contains(call.Operation.Syntax.Span)))
        {
            var reads = Reads(call.Operation, program, loop).ToList();
            var from = reads.OfType<ILocalReferenceOperation>().Where(read => IsCarried(read, loop, drawn, program)).Select(read => read.Local.Name)
                .Concat(reads.Where(read => Elements.IsEarlier(read, loop, value => Holds(value, drawn, program))).Select(read => read.Syntax.ToString())).FirstOrDefault();
            if (from is not null)
                yield return (call, from);
        }
    }

    private static bool IsCarried(ILocalReferenceOperation read, IForEachLoopOperation loop, HashSet<ISymbol> drawn, MethodBody program)
    {
        var writes = Writes(loop, read.Local).ToList();
        return IsOutside(read.Local, loop) && writes.Any(write => Holds(write.Value, drawn, program)) && writes.All(write => read.Syntax.SpanStart < write.Syntax.Span.End);
    }

    /// <summary>The operations of a site and of the values of the variables of its iteration that it is made of; not those of other sites, which are asked by themselves.</summary>
    private static IEnumerable<IOperation> Reads(IOperation site, MethodBody program, IForEachLoopOperation loop)
    {
        var open = new Stack<IOperation>(site.ChildOperations);
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        while (open.Count > 0)
        {
            var part = open.Pop();
            if (program.Primitive(part) is { IsSite: true })
                continue;
            yield return part;
            foreach (var child in part.ChildOperations)
                open.Push(child);
            if (part is ILocalReferenceOperation { Local: var local } && IsDeclaredIn(local, loop) && seen.Add(local) && Variables.OnlyValue(local, program.Body) is { } value)
                open.Push(value);
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
        _ => program.Primitive(part) is { Kind: PrimitiveKind.Sample },
    });

    private static IEnumerable<IAssignmentOperation> Writes(IForEachLoopOperation loop, ILocalSymbol variable) => loop.Body.Descendants().OfType<IAssignmentOperation>()
        .Where(write => (write is IDeconstructionAssignmentOperation ? write.Target.DescendantsAndSelf() : [write.Target])
            .Any(target => target is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, variable)));

    private static bool IsOutside(ILocalSymbol variable, IForEachLoopOperation loop) =>
        variable.Type is not (IArrayTypeSymbol or INamedTypeSymbol { IsGenericType: true }) && !IsDeclaredIn(variable, loop);

    private static bool IsDeclaredIn(ILocalSymbol variable, IForEachLoopOperation loop) =>
        variable.DeclaringSyntaxReferences.Any(reference => loop.Syntax.Span.Contains(reference.Span));

    /// <summary>The loop over a plate, which may have been given a name before.</summary>
    private static IForEachLoopOperation? Loop(IOperation call, MethodBody program)
    {
        var around = call.Parent;
        while (around is IConversionOperation)
            around = around.Parent;
        return around switch
        {
            IForEachLoopOperation loop => loop,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var plate } } when Variables.OnlyValue(plate, program.Body) is not null =>
                program.Body.Descendants().OfType<IForEachLoopOperation>().FirstOrDefault(loop =>
                    loop.Collection.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(use => SymbolEqualityComparer.Default.Equals(use.Local, plate))),
            _ => null,
        };
    }
}
