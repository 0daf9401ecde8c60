using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>Whether a method that is not compiled here can have sites: what other assemblies do is not seen.</summary>
internal static class HiddenSites
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, StrongBox<Part>> _known = new();

    /// <summary>What an assembly has to do with the runtime.</summary>
    private enum Part
    {
        None,
        Runtime,
        User,
    }

    /// <summary>Whether an assembly references the runtime.</summary>
    public static bool IsOfUser(IAssemblySymbol assembly) => Of(assembly) == Part.User;

    /// <summary>
    /// Whether a call of the method can reach a primitive: a delegate can, whatever of the runtime runs programs, and every method of another
    /// assembly that references the runtime, but for programs that say what they have. Methods of the assembly that is compiled are read, and
    /// are not asked for here.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="own">The assembly that is compiled.</param>
    public static bool MayBeIn(IMethodSymbol method, IAssemblySymbol own)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke)
            return true;
        if (method.ContainingAssembly is not { } assembly || SymbolEqualityComparer.Default.Equals(assembly, own))
            return false;
        return Of(assembly) switch
        {
            Part.User => LibraryPrograms.Of(method.ReducedFrom ?? method, own) is not { MayHaveOtherSites: false, HasDynamicSites: false },
            Part.Runtime => method.IsPrimitive()
                ? method.Name is RuntimeNames.MapData or RuntimeNames.RandomModule
                : method.ContainingNamespace?.FullName() is RuntimeNames.Programs or RuntimeNames.Poutines or RuntimeNames.Infer,
            _ => false,
        };
    }

    private static Part Of(IAssemblySymbol assembly) => _known.GetValue(assembly, static assembly => new(
        IsRuntime(assembly) ? Part.Runtime
        : assembly.Modules.SelectMany(module => module.ReferencedAssemblySymbols).Any(IsRuntime) ? Part.User
        : Part.None)).Value;

    private static bool IsRuntime(IAssemblySymbol assembly) => assembly.GetTypeByMetadataName(RuntimeNames.Primitives) is not null;
}
