using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Rules;

/// <summary>Networks and parameters that a network holds in a collection, where nothing registers them: PYRO062. Looks at symbols, and at whether the class registers parts by itself.</summary>
internal sealed class Unregistered() : Rule(
    "PYRO062",
    DiagnosticSeverity.Warning,
    "The modules in a collection are not registered",
    "What '{0}' holds is no part of the network '{1}': it is not trained, saved or moved with it; make it a {2}, or call {3} for "
        + "each",
    "RegisterComponents registers fields that are modules or parameters, and does not look into lists, arrays and dictionaries of "
        + "them."), IDeclarationRule
{
    public void Check(ISymbol declared, ProgramSymbols programs, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (declared is not INamedTypeSymbol network
            || programs.Compilation.GetTypeByMetadataName("TorchSharp.torch+nn+Module") is not { } module
            || programs.Compilation.GetTypeByMetadataName(RuntimeNames.Parameter) is not { } parameter
            || !Is(network, module) || Registers(network, cancellation))
            return;
        foreach (var field in network.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic || Is(field.Type, module) || Part(field.Type, module, parameter) is not { } part)
                continue;
            var member = field.AssociatedSymbol ?? field;
            var (kind, registers) = Is(part, module) ? ("Module", "register_module") : ("Parameter", "register_parameter");
            report(Diagnostic.Create(
                Descriptor, member.Locations[0], member.Name, network.Name,
                HasKeys(field.Type) ? $"{kind}Dict" : kind == "Module" ? $"ModuleList<{part.Name}>" : "ParameterList", registers));
        }
    }

    // What a collection has of networks or of parameters; null for another type.
    private static ITypeSymbol? Part(ITypeSymbol type, INamedTypeSymbol module, INamedTypeSymbol parameter)
    {
        var element = type is IArrayTypeSymbol array ? array.ElementType : Elements(type);
        if (element is INamedTypeSymbol { Name: "KeyValuePair", TypeArguments: { Length: 2 } pair })
            element = pair[1];
        return element is not null && (Is(element, module) || Is(element, parameter)) ? element : null;
    }

    private static bool HasKeys(ITypeSymbol type) => Elements(type) is INamedTypeSymbol { Name: "KeyValuePair" };

    private static ITypeSymbol? Elements(ITypeSymbol type) => type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : Array.Empty<INamedTypeSymbol>())
        .FirstOrDefault(candidate => candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol ancestor)
    {
        for (; type is not null; type = type.BaseType)
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, ancestor))
                return true;
        return false;
    }

    // Who registers parts by hand may register these.
    private static bool Registers(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .SelectMany(reference => reference.GetSyntax(cancellation).DescendantNodes().OfType<SimpleNameSyntax>())
        .Any(name => name.Identifier.ValueText is "register_module" or "register_parameter" or "add_module");
}
