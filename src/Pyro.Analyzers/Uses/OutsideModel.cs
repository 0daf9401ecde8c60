using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Uses;

/// <summary>
/// PYRO071: sites in methods that are no programs and that no program calls, however indirectly. A method that is called under another name, by a delegate or a base type,
/// may be part of one, and a function inside of another is often given to one.
/// </summary>
internal static class OutsideModel
{
    public static void Check(
        IEnumerable<PrimitiveCall> sites, IReadOnlyDictionary<IMethodSymbol, IOperation> bodies, RuntimeSymbols symbols, Action<Diagnostic> report, CancellationToken cancellation)
    {
        HashSet<ISymbol>? reached = null;
        foreach (var site in sites)
            if (Method(site, bodies) is { } method && !(reached ??= Reached(bodies, symbols)).Contains(method))
            {
                var properties = MethodObstacles.Of(method, cancellation).Any()
                    ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(EffectRules.CanBeModel, "");
                report(Diagnostic.Create(EffectRules.OutsideModel, site.Verb, properties, method.Name));
            }
    }

    /// <summary>The method that a site stands in, itself and not in a function inside of it; null for one that is also called under other names.</summary>
    private static IMethodSymbol? Method(PrimitiveCall site, IReadOnlyDictionary<IMethodSymbol, IOperation> bodies)
    {
        IOperation root = site.Operation;
        for (; root.Parent is { } parent; root = parent)
            if (root is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return null;
        var method = bodies.Keys.FirstOrDefault(key => bodies[key].Syntax.SyntaxTree == root.Syntax.SyntaxTree && bodies[key].Syntax.Span.Contains(site.Operation.Syntax.Span));
        return method is { IsVirtual: false, IsOverride: false, IsAbstract: false } && !IsOfInterface(method) ? method : null;
    }

    private static bool IsOfInterface(IMethodSymbol method) => method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers())
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    /// <summary>The methods that programs, and functions that are values, lead to.</summary>
    private static HashSet<ISymbol> Reached(IReadOnlyDictionary<IMethodSymbol, IOperation> bodies, RuntimeSymbols symbols)
    {
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IMethodSymbol>(bodies.Keys.Where(symbols.Programs.IsProgram));
        foreach (var operation in bodies.Values.SelectMany(body => body.Descendants()))
            if (operation is IMethodReferenceOperation reference)
                open.Push(reference.Method);
            else if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                foreach (var call in operation.Descendants().OfType<IInvocationOperation>())
                    open.Push(call.TargetMethod);
        while (open.Count > 0)
        {
            var method = open.Pop().OriginalDefinition;
            method = method.PartialImplementationPart ?? method.ReducedFrom ?? method;
            if (reached.Add(method) && bodies.TryGetValue(method, out var body))
                foreach (var call in body.Descendants().OfType<IInvocationOperation>())
                    open.Push(call.TargetMethod);
        }
        return reached;
    }
}
