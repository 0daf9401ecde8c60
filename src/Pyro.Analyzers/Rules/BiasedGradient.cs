using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO041: a latent that the guide reparameterises decides what a site is, by a comparison, a branch or rounding: the pathwise gradient does not see where the decision flips.
/// A choice between values that the latent is in itself may be without a jump, as <c>where(z > 0, z, 0)</c> is, and is left alone; so is what stands under <c>detach</c>.
/// </summary>
internal sealed class BiasedGradient() : Rule(
    "PYRO041",
    DiagnosticSeverity.Warning,
    "A reparameterised latent decides: its gradient is biased",
    "The guide reparameterises site '{0}', and its pathwise gradient does not see where this decision flips",
    "The gradient of a reparameterised site goes through its value. A comparison, a branch or rounding has gradient zero and a "
        + "jump, so the estimate is biased."), IPairRule
{
    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        var met = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var decision in Branches(pair.Model).Concat(pair.Model.Primitives.SelectMany(site => InDensity(site, pair.Model, met))))
            foreach (var input in decision.Inputs)
                if (Latent(input, pair) is { } site && !decision.Values.Any(value => IsFrom(value, site, pair.Model)) && reported.Add(decision.Place))
                    report(Diagnostic.Create(Descriptor, decision.Place.GetLocation(), site.Name.Text));
    }

    private static PrimitiveCall? Latent(IOperation input, GuidePair pair) =>
        Derivation.From(input, pair.Model, call => Gradients.IsPathwise(call, pair), decisions: true).FirstOrDefault().Site;

    private static bool IsFrom(IOperation value, PrimitiveCall site, MethodBody model) => Derivation.From(value, model, call => call == site).Any();

    /// <summary>The conditions under which there are sites.</summary>
    private static IEnumerable<Decision> Branches(MethodBody model)
    {
        foreach (var operation in model.Body.Descendants())
            if (Branch(operation) is { } condition)
            {
                if (HasSite(operation, condition, model))
                    yield return new Decision(condition.Syntax, operation is ISwitchOperation ? [condition] : Comparisons(condition), []);
                else if (Written(operation, model) is { Count: > 0 } written)
                    yield return new Decision(condition.Syntax, Comparisons(condition), written);
            }
            else if (operation is IForEachLoopOperation loop && HasSite(loop, loop.Collection, model))
                foreach (var range in loop.Collection.DescendantsAndSelf().OfType<IInvocationOperation>())
                    if (range.TargetMethod is { Name: "Range", ContainingType.Name: "Enumerable" } || range.TargetMethod.IsPrimitive(RuntimeNames.IRange))
                        yield return new Decision(loop.Collection.Syntax, range.Arguments, []);
    }

    private static IOperation? Branch(IOperation operation) => operation switch
    {
        IConditionalOperation { Type: null } branch => branch.Condition,
        IWhileLoopOperation loop => loop.Condition,
        IForLoopOperation loop => loop.Condition,
        ISwitchOperation { Value.Type.IsValueType: true } choice => choice.Value,
        _ => null,
    };

    /// <summary>What a branch gives variables that a site names.</summary>
    private static IReadOnlyList<IOperation> Written(IOperation branch, MethodBody model) =>
        branch is not IConditionalOperation { Type: null } ? [] :
    [
        .. branch.Descendants().OfType<ISimpleAssignmentOperation>()
            .Where(write => write.Target is ILocalReferenceOperation { Local: var local }
                && Variables.References(local, model.Body).Any(read => Enclosing(read, model) is { IsSite: true }))
            .Select(write => write.Value),
    ];

    private static PrimitiveCall? Enclosing(IOperation? operation, MethodBody model)
    {
        for (; operation is not null; operation = operation.Parent)
            if (model.Primitive(operation) is { } primitive)
                return primitive;
        return null;
    }

    private static bool HasSite(IOperation operation, IOperation condition, MethodBody model) => model.Primitives.Any(call => call.IsSite
        && operation.Syntax.Span.Contains(call.Operation.Syntax.Span) && !condition.Syntax.Span.Contains(call.Operation.Syntax.Span));

    /// <summary>The conditions that choose a value in a distribution, and the step functions in one.</summary>
    private static IEnumerable<Decision> InDensity(PrimitiveCall site, MethodBody model, HashSet<ISymbol> met)
    {
        if (!site.IsSite || site.Density is not { } density)
            yield break;
        foreach (var (operation, through) in Derivation.Of(density, model, decisions: true, IsDetached, met))
            if (In(operation, through) is { } decision)
                yield return decision;
    }

    private static bool IsDetached(IOperation operation) => operation is IInvocationOperation call && Derivation.Is(call, "detach");

    private static Decision? In(IOperation operation, IEnumerable<IOperation> through, bool follow = true) => operation switch
    {
        IConditionalOperation { WhenFalse: { } other } choice => new(choice.Condition.Syntax, Comparisons(choice.Condition), [choice.WhenTrue, other]),
        ISwitchExpressionOperation { Value.Type.IsValueType: true } choice => new(choice.Value.Syntax, [choice.Value], choice.Arms.Select(arm => arm.Value)),
        IInvocationOperation call when Derivation.Is(call, "where") && Condition(call) is { } condition =>
            new(condition.Syntax, [condition], call.Arguments.Select(argument => argument.Value).Where(value => value != condition)),
        // As a factor of what it compares it may be a function without a jump.
        _ when Derivation.IsComparison(operation) => through.FirstOrDefault() is IInvocationOperation choice && Derivation.Is(choice, "where") ? null
            : new(operation.Syntax, operation.ChildOperations, through.SelectMany(Factors)),
        IInvocationOperation call when Derivation.Has(call, Traits.Jumps) || IsToIntegers(call) =>
            new(call.Syntax, call.ChildOperations, [], isStep: true),
        IInvocationOperation call when follow && Results.Of(call) is { } result
            && result.DescendantsAndSelf().Any(part => In(part, [], follow: false) is { IsStep: true }) =>
            new(call.Syntax, call.ChildOperations, []),
        IConversionOperation { IsImplicit: false, Type: { } type } cast when IsInteger(type) && !IsInteger(cast.Operand.Type!) =>
            new(cast.Syntax, [cast.Operand], [], isStep: true),
        _ => null,
    };

    private static IOperation? Condition(IInvocationOperation where) => where.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == "condition")?.Value ?? where.Instance;

    private static IEnumerable<IOperation> Factors(IOperation operation) => operation switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product => [product.LeftOperand, product.RightOperand],
        IInvocationOperation product when Derivation.Is(product, "mul") => product.ChildOperations,
        _ => [],
    };

    private static bool IsToIntegers(IInvocationOperation call) => (Derivation.Is(call, "to") || Derivation.Is(call, "to_type")) && (call.TargetMethod.Name is "int" or "long"
        || (call.Arguments.Any(argument => argument.Value is IFieldReferenceOperation { Field: { Name: var name, ContainingType.Name: "ScalarType" } }
            && name.StartsWith("Int", StringComparison.Ordinal))));

    private static bool IsInteger(ITypeSymbol type) => type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Int16 or SpecialType.System_Byte;

    /// <summary>What is compared in a condition, or in the value of a variable that is one.</summary>
    private static IEnumerable<IOperation> Comparisons(IOperation condition, bool follow = true) => condition.DescendantsAndSelf()
        .SelectMany(part => part switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } binary =>
            [binary.LeftOperand, binary.RightOperand],
        IIsPatternOperation pattern when pattern.Pattern.DescendantsAndSelf().OfType<IRelationalPatternOperation>().Any() => [pattern.Value],
        ILocalReferenceOperation { Type.SpecialType: SpecialType.System_Boolean } local =>
            Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only ? Comparisons(only, follow) : [],
        _ when Derivation.IsComparison(part) => part.ChildOperations,
        // A method that compares its arguments.
        IInvocationOperation call when follow && Results.Of(call) is { } result => Comparisons(result, follow: false)
            .SelectMany(compared => compared.DescendantsAndSelf().OfType<IParameterReferenceOperation>())
                .SelectMany(parameter => call.Arguments
                .Where(argument => SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, parameter.Parameter))),
        _ => (IEnumerable<IOperation>)[],
    });

    /// <summary>A place that decides, what by, and between what.</summary>
    private sealed class Decision(SyntaxNode place, IEnumerable<IOperation> inputs, IEnumerable<IOperation> values, bool isStep = false)
    {
        public SyntaxNode Place { get; } = place;

        public IEnumerable<IOperation> Inputs { get; } = inputs;

        public IEnumerable<IOperation> Values { get; } = values;

        /// <summary>Whether it decides between nothing that is named: rounding.</summary>
        public bool IsStep { get; } = isStep;
    }
}
