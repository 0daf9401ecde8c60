using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// What the language calls without a word: operators, conversions, texts of values, indexers and properties, enumerators, the ends of using statements, deconstruction, the elements
/// of an initializer. Of those that the sources have, what they change is known; the others are taken to change nothing.
/// </summary>
internal sealed partial class BodyLowering
{
    /// <summary>A value, and what calls on the way to it change.</summary>
    /// <param name="at">Where that is.</param>
    /// <param name="value">The value.</param>
    /// <param name="on">What the calls get.</param>
    /// <param name="called">The methods and properties.</param>
    private Expr WithCalls(SyntaxNode at, Expr value, IReadOnlyList<ExpressionSyntax> on, params IEnumerable<ISymbol?> called)
    {
        var effects = called.OfType<ISymbol>().Select(member => (Member: member, Effects: EffectsOf(member))).Where(known => known.Effects is not null).ToList();
        if (effects.Count == 0)
            return value;
        var statics = effects.SelectMany(known => Statics(known.Effects));
        // Who gets an object as an argument may change it as well.
        var changed = effects.Any(known => known.Member.IsStatic || known.Effects!.ChangesObject)
            ? on.Where(part => IsChangeable(semantics.GetTypeInfo(part, cancellation).Type)).SelectMany(TargetOf)
                .Where(target => effects.Any(known => known.Effects!.ChangesTensors) || !Aliases.HoldsOnlyTensors(target.Type)).Select(target => target.Name)
            : [];
        var mutated = changed.Concat(statics).Distinct().ToEquatableArray();
        return mutated.Count == 0 ? value : new Opaque(at.ToString(), mutated.Select(name => (Expr)new Variable(name)).Prepend(value).ToEquatableArray(), mutated);
    }

    // A conversion that an expression goes through where it stands.
    private Expr Converted(ExpressionSyntax expression, Expr value) =>
        semantics.GetTypeInfo(expression, cancellation) is { Type: { } from, ConvertedType: { } to } && (IsOwn(from) || IsOwn(to)) && !SymbolEqualityComparer.Default.Equals(from, to)
        && semantics.GetConversion(expression, cancellation) is { IsUserDefined: true, MethodSymbol: { } method }
            ? WithCalls(expression, value, [expression], method)
            : value;

    private static bool IsOwn(ITypeSymbol type) => type.OriginalDefinition.DeclaringSyntaxReferences.Length > 0;

    private Expr LowerCast(CastExpressionSyntax cast) =>
        WithCalls(cast, Lower(cast.Expression), [cast.Expression], semantics.GetSymbolInfo(cast, cancellation).Symbol as IMethodSymbol);

    // Values become texts by their own methods.
    private Expr WithTexts(ExpressionSyntax text, Expr value, IEnumerable<ExpressionSyntax> parts) =>
        parts.Aggregate(value, (all, part) => WithCalls(part, all, [part], ToStringOf(semantics.GetTypeInfo(part, cancellation).Type)));

    private static ISymbol? ToStringOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.GetMembers(nameof(ToString)).OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == 0 && method.DeclaringSyntaxReferences.Length > 0) is { } own)
                return own;
        return null;
    }

    // A block, and what a using statement does when it ends, in any case.
    private static Node InAnyCase(Block body, Block disposal) => disposal.Nodes.Count == 0 ? body : new Attempt(body, default, disposal);

    private Block Disposal(VariableDeclarationSyntax declaration) => new(declaration.Variables.Reverse()
        .Select(variable => variable.Initializer is { } initializer ? Disposal(initializer.Value, new Variable(NameOf(variable))) : null).OfType<Node>().ToEquatableArray());

    private Node? Disposal(ExpressionSyntax resource, Variable opened) =>
        WithCalls(resource, opened, resource is IdentifierNameSyntax ? [resource] : Given(resource), DisposeOf(resource)) is Opaque effect
            ? new Evaluate(effect with { Mutates = effect.Mutates.Append(opened.Name).ToEquatableArray() }) : null;

    private ISymbol? DisposeOf(ExpressionSyntax resource) => semantics.GetTypeInfo(resource, cancellation).Type is not { } type || !IsOwn(type) ? null
        : type.GetMembers("Dispose").OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.Length == 0) as ISymbol
            ?? type.AllInterfaces.Where(known => known.SpecialType == SpecialType.System_IDisposable).SelectMany(known => known.GetMembers())
                .Select(type.FindImplementationForInterfaceMember).FirstOrDefault();

    private Expr WithEnumeration(CommonForEachStatementSyntax loop, Expr source)
    {
        var info = semantics.GetForEachStatementInfo(loop);
        var own = semantics.GetTypeInfo(loop.Expression, cancellation).Type is { } type && IsOwn(type) ? type : null;
        // An interface is implemented by the type that is gone through, if that is known.
        IEnumerable<ISymbol?> called = [info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty, info.DisposeMethod, info.ElementConversion.MethodSymbol];
        return WithCalls(loop.Expression, source, loop.Expression is IdentifierNameSyntax ? [loop.Expression] : Given(loop.Expression),
            called.Select(member => member is { ContainingType.TypeKind: TypeKind.Interface } && own?.FindImplementationForInterfaceMember(member) is { } implementation ? implementation : member));
    }

    // What an object is made from, which it may hold and change.
    private static IReadOnlyList<ExpressionSyntax> Given(ExpressionSyntax value) => value switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } => [.. arguments.Arguments.Select(argument => argument.Expression)],
        _ => [value],
    };

    private Expr WithElements(BaseObjectCreationExpressionSyntax creation, Expr value) => creation.Initializer is { RawKind: (int)SyntaxKind.CollectionInitializerExpression } elements
        ? WithCalls(creation, value, Given(creation), elements.Expressions.Select(element => semantics.GetCollectionInitializerSymbolInfo(element, cancellation).Symbol))
        : value;

    // What the property or indexer does whose value an expression is, or gets.
    private Expr WithAccess(ExpressionSyntax access, Expr value) => semantics.GetSymbolInfo(access, cancellation).Symbol is IPropertySymbol { DeclaringSyntaxReferences.Length: > 0 } property
        ? WithCalls(access, value, access switch
        {
            ElementAccessExpressionSyntax element => [element.Expression],
            MemberAccessExpressionSyntax member when !property.IsStatic => [member.Expression],
            _ => [],
        }, property)
        : value;
}
