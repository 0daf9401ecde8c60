using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Frontend;

/// <summary>Expressions: sites, calls of other programs, known operations, and opaque C# with what it reads and may change.</summary>
internal sealed partial class BodyLowering
{
    private Expr Lower(ExpressionSyntax expression)
    {
        cancellation.ThrowIfCancellationRequested();
        if (semantics.GetConstantValue(expression, cancellation).HasValue)
            return new Constant(expression.ToString());
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Lower(inner.Expression);
            case CastExpressionSyntax cast:
                return Lower(cast.Expression);
            case IdentifierNameSyntax name:
                return semantics.GetSymbolInfo(name, cancellation).Symbol is ITypeSymbol or INamespaceSymbol or IMethodSymbol
                    ? new Constant(name.Identifier.ValueText)
                    : new Variable(name.Identifier.ValueText);
            case ThisExpressionSyntax or BaseExpressionSyntax or LiteralExpressionSyntax or TypeSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax:
                return new Constant(expression.ToString());
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression } binary:
                // The right side runs, or not, by what the left side gives.
                var left = Lower(binary.Left);
                return new Conditional(left, Exprs(left, Lower(binary.Right)));
            case BinaryExpressionSyntax binary:
                return new Operation(binary.OperatorToken.Text, Exprs(Lower(binary.Left), Lower(binary.Right)));
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression or (int)SyntaxKind.UnaryPlusExpression or (int)SyntaxKind.LogicalNotExpression } prefix:
                return new Operation(prefix.OperatorToken.Text, Exprs(Lower(prefix.Operand)));
            case ConditionalExpressionSyntax conditional:
                return new Conditional(Lower(conditional.Condition), Exprs(Lower(conditional.WhenTrue), Lower(conditional.WhenFalse)));
            case SwitchExpressionSyntax choice:
                var arms = choice.Arms.SelectMany(arm => arm.WhenClause is { } when
                    ? new[] { Lower(when.Condition), Lower(arm.Expression) }
                    : [Lower(arm.Expression)]);
                return new Conditional(Lower(choice.GoverningExpression), arms.ToEquatableArray());
            case AnonymousFunctionExpressionSyntax function:
                return new Lambda(function.Body switch
                {
                    BlockSyntax block => Lower(block),
                    ExpressionSyntax value => Single(new Leave(Lower(value))),
                    _ => Empty,
                });
            case AssignmentExpressionSyntax assignment:
                return LowerAssignment(assignment);
            case MemberAccessExpressionSyntax member when semantics.GetSymbolInfo(member, cancellation).Symbol is IFieldSymbol or IPropertySymbol:
                return member.Expression is ThisExpressionSyntax
                    ? new Variable(member.Name.Identifier.ValueText)
                    : new Operation("." + member.Name.Identifier.ValueText, Exprs(Lower(member.Expression)));
            case InvocationExpressionSyntax call:
                return LowerCall(call);
            case BaseObjectCreationExpressionSyntax creation:
                return new Operation("new " + (TypeName(creation) ?? "?"), Arguments(creation.ArgumentList?.Arguments ?? default)
                    .Concat(creation.Initializer?.Expressions.Select(Lower) ?? []).ToEquatableArray());
            default:
                return LowerOpaque(expression);
        }
    }

    private Expr LowerCall(InvocationExpressionSyntax call)
    {
        if (Primitive.Of(call, semantics, cancellation) is { } primitive)
            return LowerPrimitive(primitive);
        if (semantics.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method)
            return LowerOpaque(call);
        if (ProgramNames.IsCompiled(method, cancellation))
            return LowerProgramCall(call, method);

        // A delegate's or a local function's call gives what its body gives.
        var receiver = call.Expression is MemberAccessExpressionSyntax { Expression: var target } ? target
            : method.MethodKind == MethodKind.DelegateInvoke ? call.Expression : null;
        if (method.MethodKind == MethodKind.LocalFunction)
            return new Operation(method.Name, Arguments(call.ArgumentList.Arguments).Prepend(new Variable(method.Name)).ToEquatableArray());
        var inputs = (receiver is null ? [] : new[] { Lower(receiver) }).Concat(Arguments(call.ArgumentList.Arguments)).ToEquatableArray();
        // Tensor functions are pure, but for those that PyTorch marks with an underscore.
        if (method.ContainingType.ToDisplayString().StartsWith("TorchSharp.", StringComparison.Ordinal) && !method.Name.EndsWith("_", StringComparison.Ordinal))
            return new Operation(method.Name, inputs);
        return new Opaque(call.ToString(), inputs, MutableVariables(receiver, call.ArgumentList.Arguments, method).ToEquatableArray());
    }

    private Expr LowerPrimitive(Primitive primitive)
    {
        var arguments = Arguments(primitive.OtherArguments);
        collector.Replace(primitive.Call.Expression, "__context." + primitive.Name);
        if (primitive.Name is not (KnownNames.Sample or KnownNames.Observe or KnownNames.Param))
            return LowerPlateCall(primitive, arguments);

        var name = SiteName.Of(primitive.NameArgument.Expression, semantics, symbol => loopIndices.Contains(symbol), cancellation);
        if (name is null)
        {
            collector.HasDynamicSites = true;
            Rename(primitive, "site", primitive.NameArgument.Expression.ToString());
            // A site that has no slot still passes on what reaches it.
            return new Opaque(primitive.Call.ToString(), arguments.ToEquatableArray(), default);
        }
        var kind = primitive.Name switch
        {
            KnownNames.Sample => SiteKind.Latent,
            KnownNames.Observe => SiteKind.Observed,
            _ => SiteKind.Param,
        };
        var distribution = kind == SiteKind.Param ? ParamDomain(primitive) : DistributionOf(primitive.Argument("distribution")?.Expression);
        var slot = collector.Slot(name.Pattern, kind, distribution, platesAround, SiteCollector.SpanOf(primitive.Call));
        var handle = SiteCollector.Handle(programClass, collector.Sites[slot]);
        Rename(primitive, "site", name.Indices.Count == 0 ? handle : $"{handle}.At({string.Join(", ", name.Indices)})");
        return new SiteValue(slot, arguments.ToEquatableArray());
    }

    // The call that opens a plate; what happens inside of it is for the statement around.
    private Expr LowerPlateCall(Primitive primitive, IEnumerable<Expr> arguments)
    {
        var name = SiteName.Of(primitive.NameArgument.Expression, semantics, symbol => loopIndices.Contains(symbol), cancellation);
        if (name is { Indices.Count: 0 })
        {
            var index = collector.Plate(name.Pattern, primitive.Name == KnownNames.IArange);
            Rename(primitive, "plate", SiteCollector.Handle(programClass, collector.Plates[index], index));
        }
        else
            Rename(primitive, "plate", $"new global::Pyro.Programs.Plate({primitive.NameArgument.Expression}, {(primitive.Name == KnownNames.IArange ? "true" : "false")})");
        return new Operation(primitive.Name, arguments.ToEquatableArray());
    }

    private Expr LowerProgramCall(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var arguments = Arguments(call.ArgumentList.Arguments).ToEquatableArray();
        var run = ProgramNames.RunMethod(ProgramNames.Suffix(method));
        if (method.IsStatic)
            collector.Replace(call.Expression, method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + run);
        else
            collector.Replace(call.Expression is MemberAccessExpressionSyntax member ? member.Name : call.Expression, run);
        collector.Insert(call.ArgumentList.OpenParenToken.Span.End, call.ArgumentList.Arguments.Count == 0 ? "__context" : "__context, ");

        var slots = new List<int>();
        if (ancestors.Any(ancestor => SymbolEqualityComparer.Default.Equals(ancestor, method)))
            collector.HasDynamicSites = true;
        else if (ProgramLowering.Lower(method, semantics.Compilation, [.. ancestors, method], cancellation) is { } callee)
        {
            collector.HasDynamicSites |= callee.HasDynamicSites;
            foreach (var site in callee.Sites)
            {
                var plates = platesAround.Concat(site.Plates.Select(plate => collector.Plate(callee.Plates[plate].Name, callee.Plates[plate].Vectorized)));
                slots.Add(collector.Slot(site.Name, site.Kind, site.Distribution, plates.ToList(), site.Span));
            }
            foreach (var edge in callee.Edges)
                calleeEdges.Add(new Edge(slots[edge.From], slots[edge.To]));
        }
        return new ProgramCall(method.Name, slots.ToEquatableArray(), arguments);
    }

    private Expr LowerAssignment(AssignmentExpressionSyntax assignment)
    {
        var value = Lower(assignment.Right);
        if (assignment.Left is TupleExpressionSyntax or DeclarationExpressionSyntax)
        {
            foreach (var target in Targets(assignment.Left))
                pending.Add(new Bind(target, value, Partial: false));
            return value;
        }
        var whole = assignment.Left is IdentifierNameSyntax && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression);
        if (assignment.Left is ElementAccessExpressionSyntax element)
            value = new Operation("[]", Arguments(element.ArgumentList.Arguments).Append(value).ToEquatableArray());
        if (Root(assignment.Left) is { } variable)
            pending.Add(new Bind(variable, value, Partial: !whole));
        return value;
    }

    // What the compiler does not look into reads all the values in it; sites in it still are sites.
    private Expr LowerOpaque(SyntaxNode node)
    {
        var inputs = new List<Expr>();
        void Visit(SyntaxNode part)
        {
            foreach (var child in part.ChildNodes())
            {
                if (child is ExpressionSyntax inner and not TypeSyntax { Parent: ObjectCreationExpressionSyntax or TypeArgumentListSyntax })
                    inputs.Add(Lower(inner));
                else
                    Visit(child);
            }
        }
        Visit(node);
        return new Opaque(node.ToString(), inputs.ToEquatableArray(), default);
    }

    private IEnumerable<Expr> Arguments(IEnumerable<ArgumentSyntax> arguments) => [.. arguments.Select(argument => Lower(argument.Expression))];

    // What an unknown call may change: its receiver and arguments, unless their types cannot be changed.
    private IEnumerable<string> MutableVariables(ExpressionSyntax? receiver, IEnumerable<ArgumentSyntax> arguments, IMethodSymbol method)
    {
        var touched = arguments.Select(argument => argument.Expression);
        if (receiver is not null && !method.IsStatic)
            touched = touched.Prepend(receiver);
        return touched
            .Where(expression => semantics.GetTypeInfo(expression, cancellation).Type is { } type
                && (type.IsReferenceType || expression.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 })
                && type.SpecialType != SpecialType.System_String
                && (type.ToDisplayString() != KnownNames.Tensor || method.Name.EndsWith("_", StringComparison.Ordinal))
                && !IsDistribution(type))
            .Select(Root)
            .OfType<string>();
    }

    // The variable that an expression reaches into.
    private static string? Root(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } member => member.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => Root(member.Expression),
        ElementAccessExpressionSyntax element => Root(element.Expression),
        ParenthesizedExpressionSyntax inner => Root(inner.Expression),
        DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single } => single.Identifier.ValueText,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => Root(member.Expression),
        _ => null,
    };

    private static IEnumerable<string> Targets(ExpressionSyntax left) =>
        left.DescendantNodesAndSelf().SelectMany<SyntaxNode, string>(node => node switch
        {
            SingleVariableDesignationSyntax single => [single.Identifier.ValueText],
            ArgumentSyntax { Expression: not (DeclarationExpressionSyntax or TupleExpressionSyntax) } argument => Root(argument.Expression) is { } root ? [root] : [],
            _ => [],
        });

    private DistributionIr DistributionOf(ExpressionSyntax? expression) =>
        expression is not null && semantics.GetTypeInfo(expression, cancellation).Type is { } type
            ? KnownDistributions.Find(type.ToDisplayString())
            : KnownDistributions.Unknown;

    // A parameter's support is its constraint, as the source names it.
    private DistributionIr ParamDomain(Primitive primitive) => KnownDistributions.Unknown with
    {
        Support = primitive.Argument("constraint")?.Expression is { } constraint
            && semantics.GetSymbolInfo(constraint, cancellation).Symbol is { } symbol ? symbol.Name : "Real",
    };

    private static bool IsDistribution(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.ToDisplayString() == KnownNames.Distribution)
                return true;
        return false;
    }

    private string? TypeName(ExpressionSyntax expression) =>
        semantics.GetTypeInfo(expression, cancellation).Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private void Rename(Primitive primitive, string parameter, string value) =>
        collector.Replace(primitive.NameArgument, primitive.NameArgument.NameColon is null ? value : $"{parameter}: {value}");

    private static EquatableArray<Expr> Exprs(params Expr[] values) => values.ToEquatableArray();
}
