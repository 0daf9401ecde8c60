using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Pyro.Compiler.Frontend;

namespace Pyro.Analyzers.Flow;

/// <summary>The runtime's types that bodies are read with, looked up once per compilation.</summary>
internal sealed class RuntimeSymbols
{
    private readonly ConcurrentDictionary<IAssemblySymbol, bool> _mayHaveSites = new(SymbolEqualityComparer.Default);
    private readonly IAssemblySymbol _runtime;

    private RuntimeSymbols(INamedTypeSymbol primitives, ProgramSymbols programs)
    {
        Primitives = primitives;
        Programs = programs;
        _runtime = primitives.ContainingAssembly;
    }

    public INamedTypeSymbol Primitives { get; }

    public ProgramSymbols Programs { get; }

    public static RuntimeSymbols? In(Compilation compilation) =>
        compilation.GetTypeByMetadataName(KnownNames.Primitives) is { } primitives && ProgramSymbols.In(compilation) is { } programs
            ? new RuntimeSymbols(primitives, programs)
            : null;

    /// <summary>
    /// Whether a call of the method can reach a primitive: delegates can, and every method of an assembly that knows the runtime. Of the runtime itself
    /// only what runs programs can; its distributions and the primitives that make no site cannot.
    /// </summary>
    public bool MayHaveSites(IMethodSymbol method)
    {
        if (method.MethodKind is MethodKind.DelegateInvoke)
            return true;
        var assembly = method.ContainingAssembly;
        if (assembly is null)
            return false;
        if (SymbolEqualityComparer.Default.Equals(assembly, _runtime))
            return method.ContainingNamespace.ToDisplayString() is not "Pyro.Distributions"
                && !(SymbolEqualityComparer.Default.Equals(method.ContainingType, Primitives) && method.Parameters.All(p => p.Name != KnownNames.NameParameter));
        return _mayHaveSites.GetOrAdd(assembly, KnowsRuntime);
    }

    private bool KnowsRuntime(IAssemblySymbol assembly) =>
        assembly.Modules.Any(module => module.ReferencedAssemblySymbols.Contains(_runtime, SymbolEqualityComparer.Default));
}
