using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO072: a number that is taken out of a parameter, or of a site that the guide reparameterises, or is computed from it where gradients are switched off, and goes back
/// into a site. A model without a guide is left alone: nothing says that anyone wants its gradient; and so is a value that comes to the same site with its gradient as well, as in
/// <c>z + (z.round() - z).detach()</c>: there the gradient is ended on purpose.
/// </summary>
internal sealed class GradientEnds() : Rule(
    "PYRO072",
    DiagnosticSeverity.Warning,
    "The gradient ends here",
    "The gradient of '{0}' ends here, and the value flows into site '{1}'",
    "A number that is taken out of a tensor, or a detached tensor, has no gradient. Inference then learns nothing about what it was "
        + "computed from."), IPairRule
{
    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        Check(pair.Guide, call => call.Kind == PrimitiveKind.Param || Gradients.IsReparameterized(call), report);
        Check(pair.Model, call => call.Kind == PrimitiveKind.Param || Gradients.IsPathwise(call, pair), report);
    }

    private void Check(MethodBody program, Func<PrimitiveCall, bool> hasGradient, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        var hasNoGrad = program.Body.Descendants().OfType<IInvocationOperation>().Any(IsNoGrad);
        Func<IOperation, SyntaxNode?> end = operation => End(operation, hasNoGrad);
        foreach (var site in program.Primitives)
            if (site.Density is { } density)
            {
                HashSet<PrimitiveCall> followed =
                    [.. Derivation.From(density, program, hasGradient, stop: operation => end(operation) is not null).Select(found => found.Site)];
                foreach (var (source, through) in Derivation.From(density, program, hasGradient))
                    if (!followed.Contains(source) && through.Select(end).FirstOrDefault(found => found is not null) is { } place
                        && reported.Add(place))
                        report(Diagnostic.Create(
                            Descriptor,
                            place.GetLocation(),
                            source.Name.Text ?? source.NameArgument.ToString(),
                            site.Name.Text ?? site.NameArgument.ToString()));
            }
    }

    /// <summary>The place, if the operation is one behind which there is no gradient.</summary>
    private static SyntaxNode? End(IOperation operation, bool hasNoGrad) => operation switch
    {
        IInvocationOperation call when Derivation.Has(call, Traits.EndsGradient) => call.Syntax,
        _ when Derivation.IsTaken(operation) => operation.Syntax,
        _ => hasNoGrad && operation.Type.IsTensor() && operation is not (ILocalReferenceOperation or IArgumentOperation) && !IsDrawn(operation) ? NoGrad(operation)?.Syntax : null,
    };

    // A parameter, or a draw, that is merely named under no_grad keeps its gradient.
    private static bool IsDrawn(IOperation operation) => operation is IInvocationOperation call && call.TargetMethod.IsPrimitive();

    /// <summary>The call of no_grad, or of inference_mode, in whose scope an operation lies; null outside of all.</summary>
    private static IInvocationOperation? NoGrad(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
        {
            var resources = outer switch
            {
                IUsingOperation scope when !ReferenceEquals(scope.Resources, inner) => [scope.Resources],
                IBlockOperation block => Statements.Before(block, inner).OfType<IUsingDeclarationOperation>(),
                _ => (IEnumerable<IOperation>)[],
            };
            if (resources.SelectMany(resource => resource.DescendantsAndSelf()).OfType<IInvocationOperation>().FirstOrDefault(IsNoGrad) is { } found)
                return found;
        }
        return null;
    }

    private static bool IsNoGrad(IInvocationOperation call) =>
        call.TargetMethod is { Name: "no_grad" or "inference_mode", IsStatic: true } && call.TargetMethod.IsOfTorch()
        && call.Arguments.All(argument => argument.Value.ConstantValue is not { HasValue: true, Value: false });
}
