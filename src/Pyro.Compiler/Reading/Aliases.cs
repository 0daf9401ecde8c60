using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// Which variables may hold the same object, or one a part of the other, so that a change through one shows in the others. Not sensitive to the order of
/// statements.
/// </summary>
internal sealed class Aliases
{
    private const string References = "&";

    private readonly List<(string One, string Other, bool Tensors)> joins = [];
    private bool tensorsChange;

    /// <summary>Whether tensors are changed in place in a body that was looked at.</summary>
    public bool TensorsChange => tensorsChange;

    /// <summary>Looks for tensors that are changed in place; where there are none, tensors that share memory never show it.</summary>
    public void Look(SyntaxNode body, SemanticModel semantics, CancellationToken cancellation) => tensorsChange |= ChangesTensors(body, semantics, cancellation);

    /// <summary>A function that is called changes tensors in place.</summary>
    public void LookFor(Effects effects) => tensorsChange |= effects.ChangesTensors;

    /// <summary>A program of a library that is called changes tensors in place.</summary>
    public void LookFor(LibraryProgram program) => tensorsChange |= program.ChangesTensors;

    /// <summary>Whether a tensor is changed in place somewhere in a body.</summary>
    public static bool ChangesTensors(SyntaxNode body, SemanticModel semantics, CancellationToken cancellation) => body.DescendantNodes().Any(node => node switch
    {
        InvocationExpressionSyntax call => NameOf(call.Expression) is { } name && Operations.ChangesInPlace(name)
            && semantics.GetSymbolInfo(call, cancellation).Symbol is { ContainingType: { } type } && type.FullName().StartsWith(RuntimeNames.TorchSharp, StringComparison.Ordinal),
        AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax { Expression: var receiver } } => IsTensor(semantics.GetTypeInfo(receiver, cancellation).Type),
        _ => false,
    });

    private static string? NameOf(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax member => member.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Whether what holds a value of this type can share it with another variable, and see it change.</summary>
    public static bool IsShared(ITypeSymbol? type)
    {
        if (type is null or { TypeKind: TypeKind.Enum } || type.SpecialType is >= SpecialType.System_Void and <= SpecialType.System_UIntPtr)
            return false;
        return !IsDistribution(type);
    }

    /// <summary>Whether only tensors can be changed in a value of this type: a tensor, a number, a struct of both.</summary>
    public static bool HoldsOnlyTensors(ITypeSymbol? type) => !IsShared(type) || IsTensor(type)
        || (type is INamedTypeSymbol { TypeKind: TypeKind.Struct }
            && type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic).All(field => HoldsOnlyTensors(field.Type)));

    /// <summary>Whether a type is one of distributions, which never change.</summary>
    public static bool IsDistribution(ITypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
            if (ancestor.FullName() == RuntimeNames.Distribution)
                return true;
        return false;
    }

    /// <summary>From now on a change of one may be a change of the other.</summary>
    public void Join(string one, ITypeSymbol? oneType, string other, ITypeSymbol? otherType)
    {
        if (one != other && IsShared(oneType) && IsShared(otherType))
            joins.Add((one, other, IsTensor(oneType) || IsTensor(otherType)));
    }

    /// <summary>From now on one of them may be a reference to the other, so that giving it another value is a change of the other.</summary>
    /// <param name="names">Their names; one alone may be a reference to any other that is in such a pair.</param>
    public void Refer(params string[] names)
    {
        foreach (var name in names)
            joins.Add((name, References, false));
    }

    /// <summary>Whether these variables may be references to each other.</summary>
    public static bool AreReferences(IEnumerable<string> group) => group.Contains(References);

    /// <summary>The groups of variables that a change of one may show in; variables that are alone are left out.</summary>
    public EquatableArray<EquatableArray<string>> Groups()
    {
        var groups = new List<SortedSet<string>>();
        foreach (var (one, other, tensors) in joins)
        {
            if (tensors && !tensorsChange)
                continue;
            var met = groups.Where(group => group.Contains(one) || group.Contains(other)).ToList();
            groups.RemoveAll(met.Contains);
            groups.Add(new SortedSet<string>(met.SelectMany(group => group).Append(one).Append(other), StringComparer.Ordinal));
        }
        return groups.Select(group => group.ToEquatableArray()).ToEquatableArray();
    }

    private static bool IsTensor(ITypeSymbol? type) => type?.FullName() == RuntimeNames.Tensor;
}
