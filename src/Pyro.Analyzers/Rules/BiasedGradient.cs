using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO041: a latent that the guide reparameterises decides what a site is, by a comparison, a branch or rounding: the pathwise gradient does not see where the decision flips.
/// </summary>
internal sealed class BiasedGradient : IPairRule
{
    private static readonly HashSet<string> _steps = ["round", "floor", "ceil", "trunc", "sign", "argmax", "argmin", "gt", "ge", "lt", "le", "eq", "ne"];

    public DiagnosticDescriptor Descriptor => InferenceRules.BiasedGradient;

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var (decision, inputs) in Decisions(pair.Model))
            foreach (var input in inputs)
                if (Derivation.From(input, pair.Model, call => Gradients.IsPathwise(call, pair)).FirstOrDefault().Site is { } site && reported.Add(decision))
                    report(Diagnostic.Create(Descriptor, decision.GetLocation(), site.Name.Key));
    }

    /// <summary>The conditions under which there are sites, the conditions that choose a value in a distribution, and the step functions in one.</summary>
    private static IEnumerable<(SyntaxNode Decision, IEnumerable<IOperation> Inputs)> Decisions(MethodBody model)
    {
        foreach (var branch in model.Body.Descendants().OfType<IConditionalOperation>())
            if (model.Primitives.Any(call => call.IsSite && branch.Syntax.Span.Contains(call.Operation.Syntax.Span) && !branch.Condition.Syntax.Span.Contains(call.Operation.Syntax.Span)))
                yield return (branch.Condition.Syntax, Comparisons(branch.Condition));
        foreach (var site in model.Primitives.Where(call => call.IsSite))
            if (site.Density is { } distribution)
                foreach (var (operation, _) in Derivation.Of(distribution, model))
                    if (operation is IConditionalOperation choice)
                        yield return (choice.Condition.Syntax, Comparisons(choice.Condition));
                    else if (operation is IInvocationOperation call && _steps.Contains(call.TargetMethod.Name) && call.TargetMethod.ContainingType.ToDisplayString().StartsWith("TorchSharp.torch", StringComparison.Ordinal))
                        yield return (call.Syntax, call.ChildOperations);
    }

    private static IEnumerable<IOperation> Comparisons(IOperation condition) => condition.DescendantsAndSelf().OfType<IBinaryOperation>()
        .Where(binary => binary.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual)
        .SelectMany(binary => new[] { binary.LeftOperand, binary.RightOperand });
}
