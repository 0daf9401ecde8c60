using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>Expressions: known operations, assignments, functions, and opaque C# with what it reads and may change.</summary>
internal sealed partial class BodyLowering
{
    private Expr Lower(ExpressionSyntax expression)
    {
        var value = LowerBare(expression);
        var kind = KindOf(semantics.GetTypeInfo(expression, cancellation).Type);
        return Converted(expression, value.Kind == kind ? value : value with { Kind = kind });
    }

    private Expr LowerBare(ExpressionSyntax expression)
    {
        cancellation.ThrowIfCancellationRequested();
        if (MayBeConstant(expression) && semantics.GetConstantValue(expression, cancellation) is { HasValue: true, Value: var known })
            return new Constant(expression.ToString()) { Number = NumberOf(known) };
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Lower(inner.Expression);
            case CastExpressionSyntax cast:
                return LowerCast(cast);
            case RefExpressionSyntax reference:
                return Lower(reference.Expression);
            case CheckedExpressionSyntax check:
                return Lower(check.Expression);
            case IdentifierNameSyntax name:
                return LowerName(name);
            case ThisExpressionSyntax or BaseExpressionSyntax:
                return new Variable(VariableNames.This);
            case LiteralExpressionSyntax or TypeSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax:
                return new Constant(expression.ToString());
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure:
                return Lower(sure.Operand);
            case PostfixUnaryExpressionSyntax { Parent: ExpressionStatementSyntax or ForStatementSyntax } step:
                return LowerStep(step.Operand, step.OperatorToken);
            case PostfixUnaryExpressionSyntax step:
                // Its value is the one before.
                var (keep, before) = Held(Lower(step.Operand));
                return new Sequence(Exprs(keep, LowerStep(step.Operand, step.OperatorToken), before));
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } step:
                return LowerStep(step.Operand, step.OperatorToken);
            case PrefixUnaryExpressionSyntax prefix when OwnOperator(prefix) is { } own:
                return LowerOperator(prefix, own, prefix.Operand);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryPlusExpression } same:
                return Lower(same.Operand);
            case PrefixUnaryExpressionSyntax prefix:
                return Operator(prefix.OperatorToken.Text, Lower(prefix.Operand));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AsExpression } conversion:
                return new Cast(conversion.Right.ToString(), Lower(conversion.Left));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression } conversion:
                return new Form($"is {conversion.Right}", Exprs(Lower(conversion.Left)));
            // The right side runs, or not, by what the left side gives.
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } binary:
                return new Conditional(Choice.And, Lower(binary.Left), Exprs(Lower(binary.Right)));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } binary:
                return new Conditional(Choice.Or, Lower(binary.Left), Exprs(Lower(binary.Right)));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } binary:
                return new Conditional(Choice.Coalesce, Lower(binary.Left), Exprs(Lower(binary.Right)));
            case BinaryExpressionSyntax binary when OwnOperator(binary) is { } own:
                return LowerOperator(binary, own, binary.Left, binary.Right);
            case BinaryExpressionSyntax binary:
                var (left, right) = (Lower(binary.Left), Lower(binary.Right));
                return semantics.GetTypeInfo(binary, cancellation).Type?.SpecialType == SpecialType.System_String
                    ? WithTexts(new Form(binary.OperatorToken.Text, Exprs(left, right)), [binary.Left, binary.Right])
                    : Operator(binary.OperatorToken.Text, left, right);
            case InterpolatedStringExpressionSyntax text:
                return WithTexts(LowerOpaque(text), text.Contents.OfType<InterpolationSyntax>().Select(hole => hole.Expression));
            case ConditionalExpressionSyntax conditional:
                return new Conditional(Choice.Either, Lower(conditional.Condition), Exprs(Lower(conditional.WhenTrue), Lower(conditional.WhenFalse)));
            case SwitchExpressionSyntax choice:
                return LowerSwitch(choice);
            case IsPatternExpressionSyntax test:
                return LowerTest(test);
            case ConditionalAccessExpressionSyntax access:
                var (accessOnce, accessed) = Once(Lower(access.Expression));
                var changed = access.WhenNotNull.DescendantNodesAndSelf().Any(part => part is InvocationExpressionSyntax or AssignmentExpressionSyntax)
                    ? TargetOf(access.Expression).Where(target => Aliases.IsShared(target.Type)) : [];
                return new Conditional(Choice.Access, accessOnce, Exprs(new Opaque(
                    access.ToString(), Exprs(accessed, Lower(access.WhenNotNull)), changed.Select(target => target.Name).ToEquatableArray())));
            case MemberBindingExpressionSyntax:
                return new Constant(expression.ToString());
            case ElementAccessExpressionSyntax element:
                var operands = Arguments(element.ArgumentList.Arguments).Prepend(Lower(element.Expression));
                return WithAccess(element, new Element(operands.ToEquatableArray()));
            case AnonymousFunctionExpressionSyntax function:
                return LowerLambda(function);
            case AssignmentExpressionSyntax assignment:
                return LowerAssignment(assignment);
            case MemberAccessExpressionSyntax member:
                return LowerMember(member);
            case InvocationExpressionSyntax call:
                return LowerCall(call);
            case BaseObjectCreationExpressionSyntax creation when semantics.GetSymbolInfo(creation, cancellation).Symbol is IMethodSymbol constructor && IsWritten(constructor):
                var given = creation.ArgumentList?.Arguments ?? default;
                if (creation.ArgumentList is { } list)
                    callers.Add((list, constructor));
                return WithElements(
                    creation, LowerUnknown(creation, constructor, null, false, given, Arguments(given).Concat(Elements(creation))));
            case BaseObjectCreationExpressionSyntax creation:
                return WithElements(creation, new Creation(
                    TypeName(creation) ?? "?",
                    Family.Of(semantics.GetTypeInfo(creation, cancellation).Type) is not null,
                    (creation.ArgumentList?.Arguments ?? default).Select(Named).Concat(Elements(creation)).ToEquatableArray()));
            case CollectionExpressionSyntax collection:
                return new Items(collection.Elements.Select(element => Lower(element switch
                {
                    SpreadElementSyntax spread => spread.Expression,
                    _ => ((ExpressionElementSyntax)element).Expression,
                })).ToEquatableArray());
            case ImplicitArrayCreationExpressionSyntax { Initializer: var items }:
                return LowerElement(items);
            case ArrayCreationExpressionSyntax { Initializer: { } items }:
                return LowerElement(items);
            case RangeExpressionSyntax range:
                return new Form("..", new[] { range.LeftOperand, range.RightOperand }.Select(end => end is null ? new Constant("") : Lower(end)).ToEquatableArray());
            case WithExpressionSyntax with:
                return new Form("with", with.Initializer.Expressions.Select(LowerElement).Prepend(Lower(with.Expression)).ToEquatableArray());
            default:
                return LowerOpaque(expression);
        }
    }

    private static bool MayBeConstant(ExpressionSyntax expression) => expression is not (InvocationExpressionSyntax { Expression: not IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
        or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax or TupleExpressionSyntax
        or CollectionExpressionSyntax or SwitchExpressionSyntax or ConditionalAccessExpressionSyntax or ThisExpressionSyntax);

    private Expr LowerName(IdentifierNameSyntax name) => semantics.GetSymbolInfo(name, cancellation).Symbol switch
    {
        // A method that is named and not called is a function as a value.
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } function => new Variable(shared.Names.Of(function)),
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method => LowerMethodGroup(name, method, method.IsStatic ? null : new Variable(VariableNames.This)),
        ILocalSymbol or IParameterSymbol or IFieldSymbol or IEventSymbol => new Variable(shared.Names.Of(semantics.GetSymbolInfo(name, cancellation).Symbol!)),
        IPropertySymbol property => LowerProperty(name, property, new Variable(property.IsStatic ? shared.Names.Of(property) : VariableNames.This)),
        _ => new Constant(name.Identifier.ValueText),
    };

    // What a property reads is not known, but for the static state that its source speaks of.
    private Expr LowerProperty(ExpressionSyntax access, IPropertySymbol property, Expr value)
    {
        var statics = Statics(EffectsOf(property));
        return statics.Count == 0 ? value
            : new Opaque(access.ToString(), statics.Select(name => (Expr)new Variable(name)).Prepend(value).ToEquatableArray(), statics.ToEquatableArray());
    }

    // A method as a value is the function that calls it.
    private Lambda LowerMethodGroup(ExpressionSyntax group, IMethodSymbol method, Expr? receiver)
    {
        var effects = EffectsOf(method);
        var statics = Statics(effects);
        var parameters = method.Parameters.Select(parameter => (Name: shared.Names.New(parameter.Name), parameter.Type, parameter.RefKind)).ToList();
        foreach (var parameter in parameters)
        {
            if (parameter.RefKind != RefKind.None)
                shared.Aliases.Refer(parameter.Name);
            shared.Aliases.Join(parameter.Name, parameter.Type, VariableNames.Passed, parameter.Type);
        }
        var changed = parameters.Where(parameter => parameter.RefKind != RefKind.None
                || IsChangeable(parameter.Type) && (effects?.ChangesTensors == true || parameter.Type.FullName() != RuntimeNames.Tensor))
            .Select(parameter => parameter.Name)
            .Concat(statics);
        if (receiver is Variable { Name: VariableNames.This })
            changed = effects?.ChangesObject != false ? changed.Append(VariableNames.This) : changed;
        else if (receiver is not null)
            changed = changed.Concat(TargetOf(((MemberAccessExpressionSyntax)group).Expression).Select(target => target.Name));
        var result = new Opaque(group.ToString(),
            new[] { receiver }.OfType<Expr>().Concat(parameters.Select(parameter => parameter.Name).Concat(statics).Select(name => (Expr)new Variable(name))).ToEquatableArray(),
            changed.Distinct().ToEquatableArray());
        return new Lambda(new Function(shared.Names.New(method.Name), parameters.Select(parameter => parameter.Name).ToEquatableArray(), Single(new Leave(LeaveKind.Return, result))));
    }

    // Constructors that are written out may do anything.
    private bool IsWritten(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(cancellation) is ConstructorDeclarationSyntax)
        && !Aliases.IsDistribution(constructor.ContainingType);

    // An operator of a type in the sources may change the objects that it gets.
    private IMethodSymbol? OwnOperator(ExpressionSyntax expression) =>
        semantics.GetSymbolInfo(expression, cancellation).Symbol is IMethodSymbol
        {
            MethodKind: MethodKind.UserDefinedOperator, IsImplicitlyDeclared: false, DeclaringSyntaxReferences.Length: > 0,
        } own ? own : null;

    private Opaque LowerOperator(ExpressionSyntax expression, IMethodSymbol own, params ExpressionSyntax[] operands)
    {
        var effects = EffectsOf(own);
        var statics = Statics(effects);
        var changed = operands.Where(operand => IsChangeable(semantics.GetTypeInfo(operand, cancellation).Type)).SelectMany(TargetOf)
            .Where(target => effects?.ChangesTensors == true || !Aliases.HoldsOnlyTensors(target.Type)).Select(target => target.Name);
        return new Opaque(expression.ToString(), operands.Select(Lower).Concat(statics.Select(name => (Expr)new Variable(name))).ToEquatableArray(),
            changed.Concat(statics).Distinct().ToEquatableArray());
    }

    private Expr LowerMember(MemberAccessExpressionSyntax member)
    {
        var symbol = semantics.GetSymbolInfo(member, cancellation).Symbol;
        if (symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary, ReducedFrom: null } method)
            return LowerMethodGroup(member, method, method.IsStatic ? null : Lower(member.Expression));
        if (symbol is (IFieldSymbol or IPropertySymbol or IEventSymbol) and { IsStatic: true })
            return symbol is IPropertySymbol common ? LowerProperty(member, common, new Variable(shared.Names.Of(common))) : new Variable(shared.Names.Of(symbol));
        var value = member.Expression is ThisExpressionSyntax or BaseExpressionSyntax
            ? new Variable(symbol is IFieldSymbol or IEventSymbol ? shared.Names.Of(symbol) : VariableNames.This)
            : symbol is IFieldSymbol or IPropertySymbol or IEventSymbol ? new Member(Lower(member.Expression), member.Name.Identifier.ValueText)
            : (Expr)LowerOpaque(member);
        return symbol is IPropertySymbol property ? WithAccess(member, LowerProperty(member, property, value)) : value;
    }

    // Of "{ X = value }" and "{ [key] = value }" the value counts: what it is assigned to is new.
    private Expr LowerElement(ExpressionSyntax element) => element is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment
        ? Lower(assignment.Right)
        : element is InitializerExpressionSyntax several
            ? new Items(several.Expressions.Select(LowerElement).ToEquatableArray())
            : Lower(element);

    private IEnumerable<Expr> Elements(BaseObjectCreationExpressionSyntax creation) =>
        creation.Initializer?.Expressions.Select(LowerElement) ?? [];

    private Expr LowerLambda(AnonymousFunctionExpressionSyntax function)
    {
        var symbol = (IMethodSymbol)semantics.GetSymbolInfo(function, cancellation).Symbol!;
        return new Lambda(AsFunction(symbol, () => function.Body is BlockSyntax block ? Lower(block) : LowerValue((ExpressionSyntax)function.Body)));
    }

    private Expr LowerAssignment(AssignmentExpressionSyntax assignment)
    {
        var value = Lower(assignment.Right);
        if (assignment.Left is TupleExpressionSyntax or DeclarationExpressionSyntax)
        {
            var targets = Targets(assignment.Left).ToList();
            Share(assignment.Right, targets);
            return WithCalls(
                assignment, Deconstructed(assignment, value), [assignment.Right], semantics.GetDeconstructionInfo(assignment).Method);
        }
        if (!assignment.IsKind(SyntaxKind.SimpleAssignmentExpression))
        {
            var old = Lower(assignment.Left);
            value = assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression)
                ? new Conditional(Choice.Coalesce, old, Exprs(value))
                : OwnOperator(assignment) is { } own ? LowerOperator(assignment, own, assignment.Left, assignment.Right)
                : Operator(assignment.OperatorToken.Text.TrimEnd('='), old, value);
        }
        if (assignment.Left is ElementAccessExpressionSyntax element)
            value = new Form("[]=", Arguments(element.ArgumentList.Arguments).Append(value).ToEquatableArray());
        if (assignment.Right is RefExpressionSyntax && semantics.GetSymbolInfo(assignment.Left, cancellation).Symbol is { } reference)
            Refer(assignment.Right, reference);
        Share(assignment.Right, TargetOf(assignment.Left));
        return WithAccess(assignment.Left, Change(assignment.Left, value, whole: true));
    }

    // "(a, b) = (b, a)" reads everything before it writes anything.
    private Sequence Deconstructed(AssignmentExpressionSyntax assignment, Expr value)
    {
        var (hold, whole) = value is Items ? (null, value) : Once(value);
        var held = new List<Expr>();
        var given = new List<Expr>();
        // Of a tuple there is no method that takes it apart.
        void Give(SyntaxNode target, Expr part, DeconstructionInfo how)
        {
            SyntaxNode[]? parts = target switch
            {
                TupleExpressionSyntax tuple => [.. tuple.Arguments.Select(argument => argument.Expression)],
                DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax several } => [.. several.Variables],
                ParenthesizedVariableDesignationSyntax several => [.. several.Variables],
                _ => null,
            };
            for (var i = 0; i < parts?.Length; i++)
                Give(
                    parts[i],
                    part is Items items && items.Operands.Count == parts.Length ? items.Operands[i]
                        : how.Method is null ? new Member(part, $"Item{i + 1}")
                        : new Opaque($"part {i + 1} of {assignment.Right}", Exprs(part), default),
                    i < how.Nested.Length ? how.Nested[i] : default);
            if (parts is not null)
                return;
            var (keep, kept) = Held(part);
            held.Add(keep);
            given.AddRange(TargetsOf(target).Select(one => (Expr)new Assign(one.Name, kept, Partial: !one.Whole)));
        }
        Give(assignment.Left, whole, semantics.GetDeconstructionInfo(assignment));
        return new Sequence((hold is null or Variable or Constant ? held : held.Prepend(hold)).Concat(given).ToEquatableArray());
    }

    // A target gets a value: a variable as a whole, or the variable that a part belongs to.
    private Expr Change(ExpressionSyntax target, Expr value, bool whole)
    {
        var changes = TargetOf(target).Select(part => (Expr)new Assign(part.Name, value, Partial: !(whole && part.Whole))).ToList();
        return changes.Count switch { 0 => value, 1 => changes[0], _ => new Sequence(changes.ToEquatableArray()) };
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
        return node is TupleExpressionSyntax
            ? new Items(inputs.ToEquatableArray())
            : new Opaque(node.ToString(), inputs.ToEquatableArray(), default);
    }

    private Expr Named(ArgumentSyntax argument) => argument.NameColon is { } name
        ? new Named(name.Name.Identifier.ValueText, Lower(argument.Expression))
        : Lower(argument.Expression);

    private IEnumerable<Expr> Arguments(IEnumerable<ArgumentSyntax> arguments) => [.. arguments.Select(argument => Lower(argument.Expression))];

    // What an unknown call may change: its receiver and arguments, unless their types cannot be changed.
    private IEnumerable<string> MutableVariables(
        ExpressionSyntax? receiver, bool changesThis, IEnumerable<ArgumentSyntax> arguments, IMethodSymbol method, bool changesTensors)
    {
        // Queries change nothing by themselves.
        if (method.ContainingNamespace?.FullName() == "System.Linq")
            return [];
        var touched = arguments.Select(argument => argument.Expression);
        if (receiver is not null)
            touched = touched.Prepend(receiver);
        var inPlace = changesTensors || Operations.ChangesInPlace(method.Name);
        var changed = touched
            .Where(expression => expression.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
                || semantics.GetTypeInfo(expression, cancellation).Type is var type && IsChangeable(type)
                && (inPlace || type?.FullName() != RuntimeNames.Tensor))
            .SelectMany(expression => TargetOf(expression)
                .Where(target => inPlace || target.Whole || target.Type?.FullName() != RuntimeNames.Tensor))
            .Select(target => target.Name);
        // A method of this object may change any of its fields, unless its source says that it does not.
        return changesThis ? changed.Append(VariableNames.This) : changed;
    }

    // A function as a value is not changed by being given away; what it changes, it changes when it runs.
    private static bool IsChangeable(ITypeSymbol? type) => Aliases.IsShared(type) && type!.TypeKind != TypeKind.Delegate;

    // The variable that an expression reaches into, and whether it is all of it.
    private IEnumerable<(string Name, ITypeSymbol? Type, bool Whole)> TargetOf(ExpressionSyntax expression)
    {
        var symbol = semantics.GetSymbolInfo(expression, cancellation).Symbol;
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return TargetOf(inner.Expression);
            case CastExpressionSyntax cast:
                return TargetOf(cast.Expression);
            case DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax single }
                when semantics.GetDeclaredSymbol(single, cancellation) is ILocalSymbol local:
                return [(shared.Names.Of(local), local.Type, true)];
            case ExpressionSyntax when symbol is IPropertySymbol { IsStatic: true } property:
                return [(shared.Names.Of(property), property.Type, true), .. EffectsOf(property)?.Statics.Select(state => (shared.Names.Of(state), TypeOf(state), false)) ?? []];
            case IdentifierNameSyntax when symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IEventSymbol:
            case MemberAccessExpressionSyntax when symbol is (IFieldSymbol or IEventSymbol) and { IsStatic: true }:
            case MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or BaseExpressionSyntax } when symbol is IFieldSymbol or IEventSymbol:
                return [(shared.Names.Of(symbol!), TypeOf(symbol!), true)];
            case IdentifierNameSyntax when symbol is IPropertySymbol property:
                return [(VariableNames.This, property.Type, false), .. EffectsOf(property)?.Statics.Select(state => (shared.Names.Of(state), TypeOf(state), false)) ?? []];
            case ThisExpressionSyntax or BaseExpressionSyntax:
                return [(VariableNames.This, semantics.GetTypeInfo(expression, cancellation).Type, false)];
            case MemberAccessExpressionSyntax member:
                return TargetOf(member.Expression).Select(Part);
            case ElementAccessExpressionSyntax element:
                return TargetOf(element.Expression).Select(Part);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression or (int)SyntaxKind.AddressOfExpression } pointer:
                return TargetOf(pointer.Operand).Select(Part);
            case RefExpressionSyntax reference:
                return TargetOf(reference.Expression);
            // What a call gives may be a part of what it got, or, of a local function, of what that captures.
            case InvocationExpressionSyntax call:
                var given = call.ArgumentList.Arguments.Select(argument => argument.Expression).Where(argument => Aliases.IsShared(semantics.GetTypeInfo(argument, cancellation).Type));
                if (call.Expression is MemberAccessExpressionSyntax { Expression: var receiver })
                    given = given.Prepend(receiver);
                else if (symbol is IMethodSymbol { MethodKind: MethodKind.DelegateInvoke })
                    given = given.Prepend(call.Expression);
                if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction, ReturnsByRef: true, DeclaringSyntaxReferences: { Length: > 0 } declarations })
                    given = given.Concat(declarations[0].GetSyntax(cancellation).DescendantNodes().OfType<IdentifierNameSyntax>());
                return given.SelectMany(TargetOf).Select(Part)
                    .Concat(symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction } function ? [(shared.Names.Of(function), function.ReturnType, false)] : []);
            case PostfixUnaryExpressionSyntax sure:
                return TargetOf(sure.Operand);
            case ConditionalExpressionSyntax choice:
                return TargetOf(choice.WhenTrue).Concat(TargetOf(choice.WhenFalse)).Select(Part);
            case AnonymousFunctionExpressionSyntax:
                return [];
            default:
                return Roots(expression).Select(root => (root.Name, root.Type, false));
        }
        static (string, ITypeSymbol?, bool) Part((string Name, ITypeSymbol? Type, bool) target) => (target.Name, target.Type, false);
    }

    // The targets of a deconstruction.
    private IEnumerable<(string Name, ITypeSymbol? Type, bool Whole)> Targets(ExpressionSyntax left) => left switch
    {
        TupleExpressionSyntax tuple => tuple.Arguments.SelectMany(argument => Targets(argument.Expression)),
        _ => TargetsOf(left),
    };

    private IEnumerable<(string Name, ITypeSymbol? Type, bool Whole)> TargetsOf(SyntaxNode target) =>
        target is ExpressionSyntax and not DeclarationExpressionSyntax
            ? TargetOf((ExpressionSyntax)target)
            : target.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>()
                .Select(single => semantics.GetDeclaredSymbol(single, cancellation)).OfType<ILocalSymbol>()
                .Select(local => (shared.Names.Of(local), (ITypeSymbol?)local.Type, true));

    // Whatever the value is made of may from now on be seen, and changed, through the targets.
    private void Share(ExpressionSyntax value, IEnumerable<(string Name, ITypeSymbol? Type, bool Whole)> targets) =>
        Share(value, targets.Select(target => (target.Name, target.Type)));

    private void Share(SyntaxNode value, IEnumerable<(string Name, ITypeSymbol? Type)> targets)
    {
        foreach (var (name, type) in targets.Where(target => Aliases.IsShared(target.Type)))
            foreach (var (source, sourceType) in Roots(value))
                shared.Aliases.Join(name, type, source, sourceType);
    }

    // The variables in an expression, or in a function, whose values can be a part of its value.
    private IEnumerable<(string Name, ITypeSymbol? Type)> Roots(SyntaxNode value)
    {
        foreach (var node in value.DescendantNodesAndSelf())
            switch (node)
            {
                case SingleVariableDesignationSyntax when semantics.GetDeclaredSymbol(node, cancellation) is ILocalSymbol local && Aliases.IsShared(local.Type):
                    yield return (shared.Names.Of(local), local.Type);
                    break;
                // What belongs to another object is reached through that.
                case IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax { Expression: not (ThisExpressionSyntax or BaseExpressionSyntax) } member } name
                    when member.Name == name && semantics.GetSymbolInfo(name, cancellation).Symbol is not { IsStatic: true }:
                    break;
                case IdentifierNameSyntax { Parent: MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax }:
                case IdentifierNameSyntax { Parent: AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } given } when given.Left == node:
                    break;
                case IdentifierNameSyntax name when semantics.GetSymbolInfo(name, cancellation).Symbol is { } symbol && Aliases.IsShared(TypeOf(symbol)):
                    yield return symbol is IPropertySymbol { IsStatic: false } ? (VariableNames.This, TypeOf(symbol)) : (shared.Names.Of(symbol), TypeOf(symbol));
                    break;
            }
    }

    // The variable, or the values that it points to, are those of the expression.
    private void Refer(ExpressionSyntax value, ISymbol variable)
    {
        foreach (var (name, _, _) in value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().SelectMany(TargetOf).ToList())
            shared.Aliases.Refer(shared.Names.Of(variable), name);
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IEventSymbol happening => happening.Type,
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } function => function.ReturnType,
        _ => null,
    };

    private string? TypeName(ExpressionSyntax expression) =>
        semantics.GetTypeInfo(expression, cancellation).Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    // What an operator between numbers or tensors, or before one, computes.
    private static Compound Operator(string token, params Expr[] operands) =>
        Operations.Of(operands.Length == 1 ? Op.Before(token) : token) is { } op ? new Operation(op, Exprs(operands)) : new Form(token, Exprs(operands));

    // "++n" is "n = n + 1".
    private Expr LowerStep(ExpressionSyntax target, SyntaxToken step) =>
        Change(target, Operator(step.Text.Substring(1), Lower(target), new Constant("1") { Number = 1, Kind = ValueKind.Int32 }), whole: true);

    /// <summary>The kind of values of a type.</summary>
    public static ValueKind KindOf(ITypeSymbol? type) => type?.SpecialType switch
    {
        SpecialType.System_Boolean => ValueKind.Bool,
        SpecialType.System_Int32 => ValueKind.Int32,
        SpecialType.System_Int64 => ValueKind.Int64,
        SpecialType.System_Single => ValueKind.Single,
        SpecialType.System_Double => ValueKind.Double,
        SpecialType.None when type.Name == nameof(ValueKind.Tensor) && type.FullName() == RuntimeNames.Tensor => ValueKind.Tensor,
        _ => ValueKind.Other,
    };

    private static double? NumberOf(object? value) => value switch
    {
        bool truth => truth ? 1 : 0,
        byte or short or int or long or float or double => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static EquatableArray<Expr> Exprs(params Expr[] values) => values.ToEquatableArray();
}
