using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers;

/// <summary>Networks and parameters that a network holds in a collection, where nothing registers them: PYRO062. Looks at symbols, and at whether the class registers parts by itself.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModuleCollectionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [ParamRules.Unregistered];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (ProgramSymbols.In(start.Compilation) is null
                || start.Compilation.GetTypeByMetadataName("TorchSharp.torch+nn+Module") is not { } module
                || start.Compilation.GetTypeByMetadataName(RuntimeNames.Parameter) is not { } parameter)
                return;
            start.RegisterSymbolAction(c => Check(c, module, parameter), SymbolKind.NamedType);
        });
    }

    private static void Check(SymbolAnalysisContext context, INamedTypeSymbol module, INamedTypeSymbol parameter)
    {
        var network = (INamedTypeSymbol)context.Symbol;
        if (!Is(network, module) || Registers(network, context.CancellationToken))
            return;
        foreach (var field in network.GetMembers().OfType<IFieldSymbol>())
        {
            if (field.IsStatic || Is(field.Type, module) || Part(field.Type, module, parameter) is not { } part)
                continue;
            var member = field.AssociatedSymbol ?? field;
            var (kind, registers) = Is(part, module) ? ("Module", "register_module") : ("Parameter", "register_parameter");
            context.ReportDiagnostic(Diagnostic.Create(
                ParamRules.Unregistered, member.Locations[0], member.Name, network.Name,
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
