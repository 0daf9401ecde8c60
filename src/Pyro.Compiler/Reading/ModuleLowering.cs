using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>From a class of networks to what its RegisterComponents has to register. TorchSharp searches the fields for it when the program runs.</summary>
public static class ModuleLowering
{
    private const string RegisterComponents = "RegisterComponents", ComponentName = "ComponentNameAttribute";

    /// <summary>Whether a node calls RegisterComponents on the object itself.</summary>
    public static bool IsRegistration(SyntaxNode node) => node is InvocationExpressionSyntax
    {
        ArgumentList.Arguments.Count: 0,
        Expression: IdentifierNameSyntax { Identifier.Text: RegisterComponents }
            or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.Text: RegisterComponents },
    };

    /// <summary>The network whose code contains a call of RegisterComponents; null where that is no network, cannot be extended, or has another, earlier call.</summary>
    public static ModuleIr? Lower(SyntaxNode call, SemanticModel semantics, CancellationToken cancellation)
    {
        if (call.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not ClassDeclarationSyntax declaration
            || semantics.GetDeclaredSymbol(declaration, cancellation) is not { } type
            || FirstCall(type, cancellation) != call || !IsWritten(type, cancellation))
            return null;
        return new ModuleIr(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.FullName(),
            ProgramLowering.Types(type).ToEquatableArray(),
            type.BaseType is { } parent && (Overrides(parent) || IsWritten(parent.OriginalDefinition, cancellation)),
            type.GetMembers().OfType<IFieldSymbol>().Select(Part).OfType<ModulePartIr>().ToEquatableArray());
    }

    // Whether RegisterComponents is generated for a type.
    private static bool IsWritten(INamedTypeSymbol type, CancellationToken cancellation) =>
        IsModule(type) && !Overrides(type) && ProgramNames.IsPartial(type, cancellation) && FirstCall(type, cancellation) is not null;

    private static bool Overrides(INamedTypeSymbol type) =>
        !type.FullName().StartsWith(RuntimeNames.TorchSharp, StringComparison.Ordinal) && type.GetMembers(RegisterComponents).Length > 0;

    private static SyntaxNode? FirstCall(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax(cancellation))
        .SelectMany(declaration => declaration.DescendantNodes().Where(node => IsRegistration(node) && node.FirstAncestorOrSelf<TypeDeclarationSyntax>() == declaration))
        .FirstOrDefault();

    private static bool IsModule(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.FullName() == RuntimeNames.Module)
                return true;
        return false;
    }

    private static ModulePartIr? Part(IFieldSymbol field)
    {
        if (field.IsStatic || field.IsConst || field.AssociatedSymbol is not (null or IPropertySymbol) || !(field.CanBeReferencedByName || field.AssociatedSymbol is not null))
            return null;
        ModulePartKind? kind = field.Type.WithNullableAnnotation(NullableAnnotation.None).FullName() switch
        {
            RuntimeNames.Tensor => ModulePartKind.Buffer,
            RuntimeNames.Parameter => ModulePartKind.Parameter,
            _ => IsModule(field.Type) ? ModulePartKind.Module : null,
        };
        ISymbol member = field.AssociatedSymbol ?? field;
        var name = SyntaxFacts.GetKeywordKind(member.Name) == SyntaxKind.None ? member.Name : "@" + member.Name;
        return kind is { } known ? new ModulePartIr(known, name, GivenName(member) ?? GivenName(field) ?? member.Name) : null;
    }

    private static string? GivenName(ISymbol member) => member.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == ComponentName)
        .SelectMany(attribute => attribute.NamedArguments).FirstOrDefault().Value.Value as string;
}
