using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// The names of the methods in the assemblies that a compilation references and that reference the runtime: behind a call of one there may be sites.
/// </summary>
/// <param name="compilation">The compilation.</param>
/// <param name="knowsRuntime">Whether an assembly references the runtime.</param>
internal sealed class LibraryNames(Compilation compilation, Func<IAssemblySymbol, bool> knowsRuntime)
{
    private readonly Lazy<HashSet<string>> _names = new(() =>
    [
        .. compilation.SourceModule.ReferencedAssemblySymbols.Where(knowsRuntime).SelectMany(assembly => Types(assembly.GlobalNamespace))
            .SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>().Where(IsCallable).Select(method => method.Name),
    ]);

    public bool Contains(string name) => _names.Value.Contains(name);

    // Names such as ToString are everywhere.
    private static bool IsCallable(IMethodSymbol method) =>
        method is { MethodKind: MethodKind.Ordinary, IsOverride: false, DeclaredAccessibility: not Accessibility.Private };

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol type)
                yield return type;
            foreach (var inner in Types(member))
                yield return inner;
        }
    }
}
