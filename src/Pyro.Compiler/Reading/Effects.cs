using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>
/// What a method of the user's sources does beside computing its result: the static state that it, or what it calls, speaks of, whether tensors are changed in
/// place, whether the object that it runs on may be another afterwards, and whether there may be sites in it. The body of a method is read once in a compilation.
/// </summary>
internal sealed class Effects
{
    private static readonly ConditionalWeakTable<Compilation, Dictionary<ISymbol, Effects>> Known = new();

    private readonly HashSet<ISymbol> statics = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> calls = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxTree> files = [];
    private bool changesTensors;
    private bool changesObject;
    private bool mayHaveSites;

    private Effects() { }

    /// <summary>The static fields, properties and events that can change.</summary>
    public IEnumerable<ISymbol> Statics => statics.OrderBy(symbol => symbol.ToDisplayString(), StringComparer.Ordinal);

    /// <summary>Whether a tensor is changed in place.</summary>
    public bool ChangesTensors => changesTensors;

    /// <summary>Whether the object is changed, or something that it holds may be.</summary>
    public bool ChangesObject => changesObject || changesTensors;

    /// <summary>Whether it, or what it calls, may reach a primitive.</summary>
    public bool MayHaveSites => mayHaveSites;

    /// <summary>The files that this was read from.</summary>
    public IEnumerable<SyntaxTree> Files => files;

    /// <summary>The effects of a method, a constructor or a property, with those of all that it calls; null where its source is not there.</summary>
    public static Effects? Of(ISymbol member, Compilation compilation, CancellationToken cancellation)
    {
        member = member.OriginalDefinition;
        if (member.DeclaringSyntaxReferences.Length == 0)
            return null;
        var own = Known.GetValue(compilation, static _ => new(SymbolEqualityComparer.Default));
        var all = new Effects();
        var open = new Stack<ISymbol>([member]);
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { member };
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = open.Pop();
            Effects? effects;
            lock (own)
                own.TryGetValue(next, out effects);
            if (effects is null)
            {
                effects = Read(next, compilation, cancellation);
                lock (own)
                    own[next] = effects;
            }
            all.statics.UnionWith(effects.statics);
            all.files.UnionWith(effects.files);
            all.changesTensors |= effects.changesTensors;
            all.changesObject |= effects.changesObject || IsDispatched(next);
            all.mayHaveSites |= effects.mayHaveSites || IsDispatched(next);
            foreach (var called in effects.calls.Where(seen.Add))
                open.Push(called);
        }
        return all;
    }

    private static Effects Read(ISymbol member, Compilation compilation, CancellationToken cancellation)
    {
        var effects = new Effects();
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            // A type stands for its primary constructor, which does nothing that the caller does not see.
            if (reference.GetSyntax(cancellation) is not (BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or ArrowExpressionClauseSyntax) || !compilation.ContainsSyntaxTree(reference.SyntaxTree))
                continue;
            var body = reference.GetSyntax(cancellation);
            effects.files.Add(reference.SyntaxTree);
            var semantics = compilation.GetSemanticModel(reference.SyntaxTree);
            foreach (var node in body.DescendantNodes())
                effects.Add(node, semantics, cancellation);
            effects.changesTensors |= Aliases.ChangesTensors(body, semantics, cancellation);
        }
        return effects;
    }

    private void Add(SyntaxNode node, SemanticModel semantics, CancellationToken cancellation)
    {
        // Who gets the object as a whole may do anything to it.
        changesObject |= node is ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax };
        mayHaveSites |= node is InvocationExpressionSyntax
            && semantics.GetSymbolInfo(node, cancellation).Symbol is IMethodSymbol { MethodKind: MethodKind.DelegateInvoke };
        if (node is not (SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
            return;
        var symbol = semantics.GetSymbolInfo(node, cancellation).Symbol;
        mayHaveSites |= symbol is IMethodSymbol named && (named.IsPrimitive() || HiddenSites.MayBeIn(named, semantics.Compilation.Assembly));
        if (symbol is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false } or IEventSymbol { IsStatic: false } or IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } })
            changesObject |= MayChange((ExpressionSyntax)node, semantics, cancellation);
        switch (symbol)
        {
            case IFieldSymbol { IsStatic: true, IsConst: false } field when IsState(field, field.Type, field.IsReadOnly):
                statics.Add(field.OriginalDefinition);
                break;
            case IEventSymbol { IsStatic: true } happening:
                statics.Add(happening.OriginalDefinition);
                break;
            case IPropertySymbol { DeclaringSyntaxReferences.Length: > 0 } property:
                if (property.IsStatic && IsState(property, property.Type, property.SetMethod is null))
                    statics.Add(property.OriginalDefinition);
                calls.Add(property.OriginalDefinition);
                break;
            case IMethodSymbol { MethodKind: not MethodKind.LocalFunction, DeclaringSyntaxReferences.Length: > 0 } method:
                calls.Add((method.ReducedFrom ?? method).OriginalDefinition);
                break;
            case IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary } when node.Parent is not (MemberAccessExpressionSyntax { Expression: not (ThisExpressionSyntax or BaseExpressionSyntax) } or MemberBindingExpressionSyntax):
                changesObject = true;
                break;
        }
    }

    // Whether a member of an object is written to, or what it holds is given to something that may change it. Numbers that are read, and tensors and networks, are not.
    private static bool MayChange(ExpressionSyntax member, SemanticModel semantics, CancellationToken cancellation)
    {
        if (member.Parent is MemberAccessExpressionSyntax access && access.Name == member)
            member = access;
        while (member.Parent is ExpressionSyntax part)
        {
            if (part is ElementAccessExpressionSyntax element && element.Expression == member
                || part is MemberAccessExpressionSyntax inner && inner.Expression == member && semantics.GetSymbolInfo(inner, cancellation).Symbol is not IMethodSymbol
                || part is PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression })
                member = part;
            else
                break;
        }
        return member.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Left == member => true,
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } => true,
            PostfixUnaryExpressionSyntax or RefExpressionSyntax or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or ArgumentSyntax { Parent: TupleExpressionSyntax } => true,
            _ => semantics.GetTypeInfo(member, cancellation).Type is { } type && Aliases.IsShared(type) && !IsFixed(type),
        };
    }

    private static bool IsDispatched(ISymbol member) => (member.IsVirtual || member.IsAbstract || member.IsOverride && !member.IsSealed) && !member.ContainingType.IsSealed;

    // State of the user's that may be another at another time. What never changes is a constant, and networks and distributions are as good as that.
    private static bool IsState(ISymbol symbol, ITypeSymbol type, bool isReadOnly) => symbol.DeclaringSyntaxReferences.Length > 0 && (!isReadOnly || Aliases.IsShared(type) && !IsFixed(type));

    private static bool IsFixed(ITypeSymbol type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
            if (ancestor.FullName() is RuntimeNames.Tensor or RuntimeNames.Module)
                return true;
        return false;
    }
}
