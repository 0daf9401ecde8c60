using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// What the language calls without a word: operators, conversions, texts of values, indexers and properties, enumerators, the ends of using
/// statements, deconstruction, the elements of an initializer. Of those that the sources have, what they change is known; the others are
/// taken to change nothing.
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
        var known = called.OfType<ISymbol>().Select(member => (Member: member, Effects: EffectsOf(member)))
            .Where(call => call.Effects is not null).Select(call => (call.Member, Effects: call.Effects!)).ToList();
        if (known.Count == 0)
            return value;
        // Who gets an object as an argument may change it as well.
        var changed = known.Any(call => call.Member.IsStatic || call.Effects.ChangesObject)
            ? Changeable(on, known.Any(call => call.Effects.ChangesTensors))
            : [];
        var mutated = changed.Concat(known.SelectMany(call => Statics(call.Effects))).Distinct().ToEquatableArray();
        return mutated.Count == 0
            ? value
            : new Opaque(at.ToString(), mutated.Select(name => (Expr)new Variable(name)).Prepend(value).ToEquatableArray(), mutated);
    }

    // The variables that show it when what is called changes what it gets.
    private IEnumerable<string> Changeable(IEnumerable<ExpressionSyntax> given, bool tensors) => given
        .Where(part => IsChangeable(semantics.GetTypeInfo(part, cancellation).Type))
        .SelectMany(TargetOf)
        .Where(target => tensors || !Aliases.HoldsOnlyTensors(target.Type))
        .Select(target => target.Name);

    // A conversion that an expression goes through where it stands.
    private Expr Converted(ExpressionSyntax expression, Expr value)
    {
        if (semantics.GetTypeInfo(expression, cancellation) is not { Type: { } from, ConvertedType: { } to } || SymbolEqualityComparer.Default.Equals(from, to))
            return value;
        if ((IsOwn(from) || IsOwn(to)) && semantics.GetConversion(expression, cancellation) is { IsUserDefined: true, MethodSymbol: { } method })
            return WithCalls(expression, value, [expression], method);
        return value is not Constant && IsNumber(from) && IsNumber(to)
            ? new Cast(to.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat), value) { Kind = KindOf(to) }
            : value;
    }

    private static bool IsNumber(ITypeSymbol type) => KindOf(type) is >= ValueKind.Int32 and <= ValueKind.Double;

    private static bool IsOwn(ITypeSymbol type) => type.OriginalDefinition.DeclaringSyntaxReferences.Length > 0;

    private Expr LowerCast(CastExpressionSyntax cast) =>
        WithCalls(
            cast,
            new Cast(cast.Type.ToString(), Lower(cast.Expression)),
            [cast.Expression],
            semantics.GetSymbolInfo(cast, cancellation).Symbol as IMethodSymbol);

    // Values become texts by their own methods.
    private Expr WithTexts(Expr value, IEnumerable<ExpressionSyntax> parts) =>
        parts.Aggregate(value, (all, part) => WithCalls(part, all, [part], ToStringOf(semantics.GetTypeInfo(part, cancellation).Type)));

    private static ISymbol? ToStringOf(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.GetMembers(nameof(ToString)).FirstOrDefault(member => member is IMethodSymbol
                {
                    Parameters.Length: 0, DeclaringSyntaxReferences.Length: > 0,
                }) is { } own)
                return own;
        return null;
    }

    // A block, and what a using statement does when it ends, in any case.
    private static Node InAnyCase(Block body, Block disposal) => disposal.Nodes.Count == 0 ? body : new Attempt(body, default, disposal);

    private Block Disposal(VariableDeclarationSyntax declaration) => new(declaration.Variables.Reverse()
        .Select(variable => variable.Initializer is { } initializer ? Disposal(initializer.Value, new Variable(NameOf(variable))) : null)
        .OfType<Node>()
        .ToEquatableArray());

    private Node? Disposal(ExpressionSyntax resource, Variable opened) =>
        WithCalls(resource, opened, Given(resource), DisposeOf(resource)) is Opaque effect
            ? new Evaluate(effect with { Mutates = effect.Mutates.Append(opened.Name).ToEquatableArray() })
            : null;

    private ISymbol? DisposeOf(ExpressionSyntax resource)
    {
        if (semantics.GetTypeInfo(resource, cancellation).Type is not { } type || !IsOwn(type))
            return null;
        return type.GetMembers("Dispose").FirstOrDefault(member => member is IMethodSymbol { Parameters.Length: 0 })
            ?? type.AllInterfaces.Where(known => known.SpecialType == SpecialType.System_IDisposable)
                .SelectMany(known => known.GetMembers())
                .Select(type.FindImplementationForInterfaceMember)
                .FirstOrDefault();
    }

    private Expr WithEnumeration(CommonForEachStatementSyntax loop, Expr source)
    {
        var info = semantics.GetForEachStatementInfo(loop);
        var own = semantics.GetTypeInfo(loop.Expression, cancellation).Type is { } type && IsOwn(type) ? type : null;
        IEnumerable<ISymbol?> called =
            [info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty, info.DisposeMethod, info.ElementConversion.MethodSymbol];
        return WithCalls(loop.Expression, source, Given(loop.Expression), called.Select(Implementation));

        // An interface is implemented by the type that is gone through, if that is known.
        ISymbol? Implementation(ISymbol? member) => member is { ContainingType.TypeKind: TypeKind.Interface }
            ? own?.FindImplementationForInterfaceMember(member) ?? member
            : member;
    }

    // What an object is made from, which it may hold and change.
    private static IReadOnlyList<ExpressionSyntax> Given(ExpressionSyntax value) => value switch
    {
        BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } =>
            [.. arguments.Arguments.Select(argument => argument.Expression)],
        _ => [value],
    };

    private Expr WithElements(BaseObjectCreationExpressionSyntax creation, Expr value) =>
        creation.Initializer is { RawKind: (int)SyntaxKind.CollectionInitializerExpression } elements
            ? WithCalls(
                creation,
                value,
                Given(creation),
                elements.Expressions.Select(element => semantics.GetCollectionInitializerSymbolInfo(element, cancellation).Symbol))
            : value;

    // What the property or indexer does whose value an expression is, or gets.
    private Expr WithAccess(ExpressionSyntax access, Expr value) =>
        semantics.GetSymbolInfo(access, cancellation).Symbol is IPropertySymbol { DeclaringSyntaxReferences.Length: > 0 } property
            ? WithCalls(access, value, Owner(access, property), property)
            : value;

    private static IReadOnlyList<ExpressionSyntax> Owner(ExpressionSyntax access, IPropertySymbol property) => access switch
    {
        ElementAccessExpressionSyntax element => [element.Expression],
        MemberAccessExpressionSyntax member when !property.IsStatic => [member.Expression],
        _ => [],
    };
}
