using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO011: a loop in which the name of a site stays the same. A parameter may be used again.</summary>
internal sealed class SameNameInLoop : IProgramRule
{
    public DiagnosticDescriptor Descriptor => NameRules.SameNameInLoop;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var call in program.Primitives)
        {
            if (!call.IsRecorded || string.IsNullOrEmpty(call.Name.Key) || !program.Flow.Repeats(call.Operation.Syntax))
                continue;
            var loop = Loops.Around(call.Operation);
            if (call.Name.Constant is null && (loop is null || call.Name.Variables.Any(variable => MayChange(variable, loop, program))))
                continue;
            var properties = ImmutableDictionary<string, string?>.Empty;
            if (call.Name.Constant is not null && loop is not null && Index(loop) is { } index)
                properties = properties.Add(NameRules.LoopIndex, index.Name);
            report(Diagnostic.Create(Descriptor, call.NameArgument.GetLocation(), properties, call.Name.Key));
        }
    }

    /// <summary>Whether the variable may have another value in the next iteration: declared or written to by the loop or inside it, or written to anywhere but in another loop's header.</summary>
    private static bool MayChange(ISymbol variable, ILoopOperation loop, MethodBody program) =>
        variable.DeclaringSyntaxReferences.Any(reference => loop.Syntax.FullSpan.Contains(reference.Span))
        || Variables.IsWritten(variable, loop) || Variables.IsReassigned(variable, program.Body);

    /// <summary>The whole number that tells the iterations apart, where the loop has one.</summary>
    private static ILocalSymbol? Index(ILoopOperation loop) => loop switch
    {
        IForLoopOperation { Locals: { Length: 1 } locals } when IsWhole(locals[0].Type) => locals[0],
        IForEachLoopOperation { Locals: { Length: 1 } locals } when IsWhole(locals[0].Type) => locals[0],
        _ => null,
    };

    private static bool IsWhole(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
}
