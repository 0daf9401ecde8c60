using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO011: a loop in which the name of a site stays the same. A parameter may be used again.</summary>
internal sealed class SameNameInLoop() : Rule(
    "PYRO011",
    DiagnosticSeverity.Error,
    "A site in a loop has the same name in every iteration",
    "The second iteration gives the name '{0}' again: append the index of the loop",
    "Each iteration makes a site of its own, and a run has a name once."), IProgramRule
{
    /// <summary>Property of the diagnostic: the variables that tell the iterations apart, between commas, outermost first.</summary>
    public const string LoopIndex = nameof(LoopIndex);

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var call in program.Primitives)
        {
            if (!call.IsRecorded || string.IsNullOrEmpty(call.Name.Key) || !program.Flow.Repeats(call.Operation.Syntax))
                continue;
            var innermost = Loops.Around(call.Operation);
            var loop = innermost;
            // The innermost loop in which the name stays the same.
            while (loop is not null && (call.Name.Variables.Any(variable => MayChange(variable, loop, program)) || Loops.RunsOnce(call.Operation, loop)))
                loop = Loops.Around(loop);
            // A constant name outside of loops is repeated by a jump.
            if (loop is null && (innermost is not null || call.Name.Constant is null))
                continue;
            var properties = ImmutableDictionary<string, string?>.Empty;
            var indices = Indices(loop, all: call.Name.Constant is not null);
            if (loop is not null && indices is { Count: > 0 })
                properties = properties.Add(LoopIndex, string.Join(",", indices));
            report(Diagnostic.Create(Descriptor, call.NameArgument.GetLocation(), properties, call.Name.Text));
        }
        // A method of the type has the names that it always has at each of its calls.
        foreach (var call in program.Calls)
            if (type.Body(call.TargetMethod) is { } body && program.Flow.Repeats(call.Syntax) && !RunsOnceInAll(call)
                && DuplicateName.Always(body, type, [program]).FirstOrDefault(inner => !inner.IsParam) is { } repeated)
                report(Diagnostic.Create(Descriptor, call.Syntax.GetLocation(), repeated.Name.Text));
        // So has a program of a library.
        foreach (var call in program.Libraries)
            if (program.Flow.Repeats(call.Operation.Syntax) && !RunsOnceInAll(call.Operation)
                && call.Certain.FirstOrDefault(inner => !inner.IsParam) is { } repeated)
                report(Diagnostic.Create(Descriptor, call.Operation.Syntax.GetLocation(), repeated.Name.Text));
    }

    private static bool RunsOnceInAll(IOperation call)
    {
        var loop = Loops.Around(call);
        if (loop is null)
            return false;
        for (; loop is not null; loop = Loops.Around(loop))
            if (!Loops.RunsOnce(call, loop))
                return false;
        return true;
    }

    /// <summary>
    /// Whether the variable may have another value in the next iteration: written to by the loop or inside it, declared there as anything but the index of an inner loop that starts
    /// anew each time, or written to anywhere but in another loop's header.
    /// </summary>
    private static bool MayChange(ISymbol variable, ILoopOperation loop, MethodBody program) => Inner(variable, loop) is { } inner ? !StartsAnew(inner)
        : variable.DeclaringSyntaxReferences.Any(reference => loop.Syntax.FullSpan.Contains(reference.Span))
            || Variables.IsWritten(variable, loop) || Variables.IsReassigned(variable, program.Body);

    /// <summary>The loop inside another one whose index the variable is.</summary>
    private static ILoopOperation? Inner(ISymbol variable, ILoopOperation loop) => loop.Body.DescendantsAndSelf().OfType<ILoopOperation>()
        .FirstOrDefault(inner => inner.Locals.Contains(variable, SymbolEqualityComparer.Default) && !Variables.IsWritten(variable, inner.Body));

    /// <summary>Whether a loop's index has the same values each time: it counts from a constant, or over a plate.</summary>
    private static bool StartsAnew(ILoopOperation loop) => loop switch
    {
        IForLoopOperation counting => counting.Before.SelectMany(start => start.Descendants()).OfType<IVariableDeclaratorOperation>().All(start => start.GetVariableInitializer()?.Value.ConstantValue.HasValue == true),
        IForEachLoopOperation each => each.Collection.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault()?.TargetMethod.IsPrimitive(RuntimeNames.IRange) == true,
        _ => false,
    };

    /// <summary>The indices that tell the iterations apart, outermost first: of the loop or, for a name without any, of all loops around; null where one has none.</summary>
    private static IReadOnlyList<string>? Indices(ILoopOperation? loop, bool all)
    {
        var indices = new List<string>();
        for (; loop is not null; loop = all ? Loops.Around(loop) : null)
            if (Index(loop) is { } index)
                indices.Insert(0, index.Name);
            else
                return null;
        return indices;
    }

    /// <summary>The whole number that tells the iterations apart, where the loop has one.</summary>
    private static ILocalSymbol? Index(ILoopOperation loop) => loop switch
    {
        IForLoopOperation { Locals: { Length: 1 } locals } when IsWhole(locals[0].Type) => locals[0],
        IForEachLoopOperation { Locals: { Length: 1 } locals } when IsWhole(locals[0].Type) => locals[0],
        _ => null,
    };

    private static bool IsWhole(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64;
}
