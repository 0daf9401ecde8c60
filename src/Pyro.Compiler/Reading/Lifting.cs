using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;

namespace Pyro.Compiler.Reading;

/// <summary>What an expression in a loop's body is, when all iterations run as one.</summary>
internal enum Lift
{
    /// <summary>The same for all iterations.</summary>
    Shared,

    /// <summary>A number for each iteration, along the first dimension.</summary>
    Row,

    /// <summary>Not known, or not the same when it is computed for all at once.</summary>
    Opaque,
}

/// <summary>
/// Whether the expressions of an IRange loop's body mean the same when each iteration's number becomes a row of a tensor: arithmetic, elementwise functions
/// and distributions of single numbers do. Collects what has to be replaced, and what has to hold when the program runs.
/// </summary>
internal sealed class Lifting(SemanticModel semantics, ILocalSymbol index, CancellationToken cancellation)
{
    private static readonly ExpressionSyntax AnyTensor = SyntaxFactory.ParseExpression($"default(global::{RuntimeNames.Tensor})");

    private readonly Dictionary<ISymbol, Lift> locals = new(SymbolEqualityComparer.Default);

    /// <summary>The element accesses, with what they become.</summary>
    public Dictionary<SyntaxNode, string> Rows { get; } = [];

    /// <summary>Tensors that must have a number for each element.</summary>
    public SortedSet<string> RowTensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Arrays that must have a number for each element.</summary>
    public SortedSet<string> RowArrays { get; } = new(StringComparer.Ordinal);

    /// <summary>Tensors that must be one number for all.</summary>
    public SortedSet<string> SharedTensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Why it is not the same, where it is not.</summary>
    public string? Reason { get; private set; }

    /// <summary>A variable of the body holds this from here on.</summary>
    public void Declare(ISymbol local, Lift lift) => locals[local] = lift;

    /// <summary>What an expression is.</summary>
    public Lift Of(ExpressionSyntax expression)
    {
        if (semantics.GetConstantValue(expression, cancellation).HasValue)
            return Lift.Shared;
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Of(inner.Expression);
            case CastExpressionSyntax cast:
                return Of(cast.Expression) is Lift.Shared ? Lift.Shared : Fails(expression, "casts a value of the iteration");
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.UnaryPlusExpression } sign:
                return Of(sign.Operand);
            case BinaryExpressionSyntax
            {
                RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression or (int)SyntaxKind.MultiplyExpression or (int)SyntaxKind.DivideExpression
            } binary:
                return Both(Of(binary.Left), Of(binary.Right)) is var both && both == Lift.Row ? Rebound(binary, [binary.Left, binary.Right]) : both;
            case IdentifierNameSyntax name:
                return OfName(name);
            case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "shape" or "Length" or "Count" } size:
                return OfSource(size.Expression);
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } field when Symbol(field) is IFieldSymbol:
                return Shared(field);
            case ElementAccessExpressionSyntax element:
                return OfElement(element);
            case InvocationExpressionSyntax call:
                return OfCall(call);
            default:
                return Fails(expression, "has an expression that is not known to act on each element by itself");
        }
    }

    /// <summary>Whether the expression creates a distribution of single numbers from liftable parameters.</summary>
    public bool IsDistribution(ExpressionSyntax? expression, out bool reparameterized)
    {
        var made = expression is not null && semantics.GetOperation(expression, cancellation) is IObjectCreationOperation creation
            ? new Construction(creation, creation.Arguments, Added: 0)
            : null;
        reparameterized = made?.IsReparameterized == true;
        if (expression is not BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: { } arguments } 
            || made?.Family is not { EventRank: 0, TakesVectors: false })
        {
            Fails(expression, "has a distribution that is not one of single numbers, written where it is used");
            return false;
        }
        var parameters = arguments.Arguments.Select(argument => argument.Expression).ToList();
        return parameters.All(parameter => Of(parameter) != Lift.Opaque) && Rebound(expression, parameters) != Lift.Opaque;
    }

    /// <summary>Gives the reason, the first that is found, and says so.</summary>
    public Lift Fails(SyntaxNode? node, string reason)
    {
        Reason ??= node is null ? reason : $"{reason}: {node.ToString().Split('\n')[0].Trim()}";
        return Lift.Opaque;
    }

    private Lift OfName(IdentifierNameSyntax name)
    {
        var symbol = Symbol(name);
        if (SymbolEqualityComparer.Default.Equals(symbol, index))
            return Fails(name, "uses its index as a number");
        if (symbol is not null && locals.TryGetValue(symbol, out var lift))
            return lift;
        return symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol ? Shared(name) : Fails(name, "reads something that may change from iteration to iteration");
    }

    private Lift OfElement(ElementAccessExpressionSyntax element)
    {
        if (element.ArgumentList.Arguments.Count != 1 || OfSource(element.Expression) == Lift.Opaque)
            return Fails(element, "has an index that is not its own");
        var at = element.ArgumentList.Arguments[0].Expression;
        if (at is IdentifierNameSyntax && SymbolEqualityComparer.Default.Equals(Symbol(at), index))
            return Row(element, element.Expression);
        // The same element for all.
        return Of(at) == Lift.Shared ? Shared(element) : Lift.Opaque;
    }

    private Lift Row(SyntaxNode access, ExpressionSyntax source)
    {
        var type = semantics.GetTypeInfo(source, cancellation).Type;
        var isTensor = type?.FullName() == RuntimeNames.Tensor;
        if (!isTensor && type is not IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Single or SpecialType.System_Double })
            return Fails(source, "takes elements of something that is neither a tensor nor an array of float or double");
        // A double beside float32 tensors does not make them float64; a tensor of doubles would.
        if (type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Double } && access is ElementAccessExpressionSyntax)
            return Fails(source, "takes numbers from an array of double; tensor(…) around the element makes it known");
        (isTensor ? RowTensors : RowArrays).Add(source.ToString());
        Rows[access] = source.ToString();
        return Lift.Row;
    }

    // What elements are taken from must be there before the loop and the same in all iterations.
    private Lift OfSource(ExpressionSyntax source) => Symbol(source) switch
    {
        { } symbol when locals.ContainsKey(symbol) => Fails(source, "takes elements of a value of the iteration"),
        ILocalSymbol or IParameterSymbol or IFieldSymbol => Lift.Shared,
        _ when source is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "shape" } size => OfSource(size.Expression),
        _ => Fails(source, "takes elements of something that may change from iteration to iteration"),
    };

    private Lift OfCall(InvocationExpressionSyntax call)
    {
        if (Symbol(call) is not IMethodSymbol method || !method.ContainingType.FullName().StartsWith(RuntimeNames.TorchSharp, StringComparison.Ordinal))
            return Fails(call, "calls what is not known to act on each element by itself");
        if (method is { Name: "tensor", IsStatic: true })
            return OfTensor(call);
        if (Operations.FunctionOf(method) is not { IsElementwise: true })
            return Fails(call, "calls what is not known to act on each element by itself");
        var lift = method.IsStatic ? Lift.Shared : Of(((MemberAccessExpressionSyntax)call.Expression).Expression);
        var operands = call.ArgumentList.Arguments.Select(argument => argument.Expression).ToList();
        lift = operands.Aggregate(lift, (all, operand) => Both(all, Of(operand)));
        if (!method.IsStatic)
            operands.Add(((MemberAccessExpressionSyntax)call.Expression).Expression);
        return lift == Lift.Row ? Rebound(call, operands) : lift;
    }

    // "tensor(data[i])" is an element of "tensor(data)".
    private Lift OfTensor(InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments.Count != 1)
            return Fails(call, "makes a tensor with options");
        var value = call.ArgumentList.Arguments[0].Expression;
        return value is ElementAccessExpressionSyntax { ArgumentList.Arguments.Count: 1 } element
            && element.ArgumentList.Arguments[0].Expression is IdentifierNameSyntax at && SymbolEqualityComparer.Default.Equals(Symbol(at), index)
            && OfSource(element.Expression) == Lift.Shared
                ? Row(call, element.Expression)
                : Of(value) == Lift.Shared ? Lift.Shared : Fails(call, "makes a tensor of a value of the iteration");
    }

    // What takes a number of the iteration must take a tensor in its place: other overloads and operators are called then.
    private Lift Rebound(ExpressionSyntax expression, IReadOnlyList<ExpressionSyntax> operands)
    {
        var numbers = operands
            .Where(operand => semantics.GetTypeInfo(operand, cancellation).Type?.FullName() != RuntimeNames.Tensor
                && Of(operand) == Lift.Row)
            .ToList();
        if (numbers.Count == 0)
            return Lift.Row;
        var rebound = expression.ReplaceNodes(numbers, (_, _) => AnyTensor);
        return semantics.GetSpeculativeSymbolInfo(expression.SpanStart, rebound, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol
            ? Lift.Row
            : Fails(expression, "gives a value of the iteration to what takes one number");
    }

    private Lift Shared(ExpressionSyntax expression)
    {
        if (semantics.GetTypeInfo(expression, cancellation).Type?.FullName() == RuntimeNames.Tensor)
            SharedTensors.Add(expression.ToString());
        return Lift.Shared;
    }

    private ISymbol? Symbol(ExpressionSyntax expression) => semantics.GetSymbolInfo(expression, cancellation).Symbol;

    private static Lift Both(Lift one, Lift other) => (Lift)Math.Max((int)one, (int)other);
}
