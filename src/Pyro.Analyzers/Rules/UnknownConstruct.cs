using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO003: a call whose sites are in none of the program's tables, in a method that is not marked Dynamic.</summary>
internal sealed class UnknownConstruct : IProgramRule
{
    public DiagnosticDescriptor Descriptor => ProgramRules.UnknownConstruct;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        if (type.Symbols.Programs.IsDynamic(program.Method))
            return;
        foreach (var call in program.Calls)
            if (Reason(call.TargetMethod, program, type) is { } reason)
                report(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), $"'{call.TargetMethod.Name}'", program.Method.Name, reason));
    }

    private static string? Reason(IMethodSymbol called, MethodBody program, ProgramType type) =>
        SymbolEqualityComparer.Default.Equals(called.OriginalDefinition, program.Method) ? "it calls itself"
        : called.Name == "RandomModule" && SymbolEqualityComparer.Default.Equals(called.ContainingType, type.Symbols.Primitives) ? "they are the parameters of a network"
        : type.Body(called) is { } body && !type.Symbols.Programs.IsProgram(body.Method) && Sites.Of(body, type).Calls.Any(call => call.IsSite) ? "it is not marked [Model]"
        : null;
}
