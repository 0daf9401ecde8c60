using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Flow;

/// <summary>The runtime's types that bodies are read with, looked up once per compilation.</summary>
internal sealed class RuntimeSymbols
{
    private readonly ConcurrentDictionary<IAssemblySymbol, bool> _mayHaveSites = new(SymbolEqualityComparer.Default);
    private readonly IAssemblySymbol _runtime;
    private readonly Mentions _mentions;

    private RuntimeSymbols(INamedTypeSymbol primitives, ProgramSymbols programs, Compilation compilation)
    {
        Primitives = primitives;
        Programs = programs;
        _runtime = primitives.ContainingAssembly;
        _mentions = new Mentions(compilation, new LibraryNames(compilation, KnowsRuntime));
        Handled = new HandledSites(compilation);
    }

    public INamedTypeSymbol Primitives { get; }

    public ProgramSymbols Programs { get; }

    public HandledSites Handled { get; }

    /// <summary>The set that a member of Constraints is by itself; null for one that has bounds, and for no member.</summary>
    public Constraint? Constraint(string name) =>
        Programs.Compilation.GetTypeByMetadataName($"{RuntimeNames.Distributions}.{RuntimeNames.Constraints}")?.GetMembers(name).FirstOrDefault() is { } member
            ? Compiler.Catalog.Constraint.Of(member, _ => null)
            : null;

    public static RuntimeSymbols? In(Compilation compilation) =>
        compilation.GetTypeByMetadataName(RuntimeNames.Primitives) is { } primitives && ProgramSymbols.In(compilation) is { } programs
            ? new RuntimeSymbols(primitives, programs, compilation)
            : null;

    /// <summary>
    /// Whether a call of the method can reach a primitive: delegates can, methods of this compilation that mention one or lead to others that do, and every method of another
    /// assembly that knows the runtime. Of the runtime itself only what runs programs can: its distributions, networks and parameters cannot.
    /// </summary>
    public bool MayHaveSites(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return true;
        var assembly = method.ContainingAssembly;
        if (assembly is null)
            return false;
        if (SymbolEqualityComparer.Default.Equals(assembly, _runtime))
            return SymbolEqualityComparer.Default.Equals(method.ContainingType, Primitives)
                ? method.Name is RuntimeNames.MapData or RuntimeNames.RandomModule
                : method.ContainingNamespace.FullName() is RuntimeNames.Programs or RuntimeNames.Poutines or RuntimeNames.Infer;
        return SymbolEqualityComparer.Default.Equals(assembly, _mentions.Assembly) ? _mentions.MayHaveSites(method) : _mayHaveSites.GetOrAdd(assembly, KnowsRuntime);
    }

    private bool KnowsRuntime(IAssemblySymbol assembly) =>
        assembly.Modules.Any(module => module.ReferencedAssemblySymbols.Contains(_runtime, SymbolEqualityComparer.Default));
}
