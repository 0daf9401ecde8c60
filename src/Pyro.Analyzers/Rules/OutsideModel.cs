using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Analyzers.Uses;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO071: sites in methods that are no programs and that no program calls, however indirectly. A method that is called under another name, by a delegate or a base type,
/// may be part of one, and a function inside of another is often given to one.
/// </summary>
internal sealed class OutsideModel() : Rule(
    "PYRO071",
    DiagnosticSeverity.Warning,
    "Sample or Observe is called outside a model",
    "'{0}' is no model, and no model calls it: mark it [Model] or [Guide]",
    "Sites act in programs. Outside of all, Sample draws plainly and nothing observes.",
    WellKnownDiagnosticTags.CompilationEnd), IUseRule
{
    /// <summary>Property of the diagnostic: set where the method can be a model.</summary>
    public const string CanBeModel = nameof(CanBeModel);

    public void Check(CompilationUses uses, Action<Diagnostic> report, CancellationToken cancellation)
    {
        HashSet<ISymbol>? reached = null;
        foreach (var site in uses.Outside)
            if (Method(site, uses.Bodies) is { } method && !(reached ??= Reached(uses.Bodies, uses.Symbols)).Contains(method))
            {
                var properties = MethodObstacles.Of(method, cancellation).Any()
                    ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(CanBeModel, "");
                report(Diagnostic.Create(Descriptor, site.Verb, properties, method.Name));
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

    /// <summary>Whether a library has the method for the models of others.</summary>
    private static bool IsOffered(IMethodSymbol method, Compilation compilation)
    {
        var isVisible = compilation.Options.OutputKind == OutputKind.DynamicallyLinkedLibrary;
        for (ISymbol symbol = method; isVisible && symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingType)
            isVisible = symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected
                or Accessibility.ProtectedOrInternal;
        return isVisible;
    }

    private static bool IsOfInterface(IMethodSymbol method) => method.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers())
        .Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    /// <summary>The methods that programs, functions that are values and what a library offers lead to.</summary>
    private static HashSet<ISymbol> Reached(IReadOnlyDictionary<IMethodSymbol, IOperation> bodies, RuntimeSymbols symbols)
    {
        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<IMethodSymbol>(
            bodies.Keys.Where(method => symbols.Programs.IsProgram(method) || IsOffered(method, symbols.Programs.Compilation)));
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
