using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO072: a number that is taken out of a parameter, or of a site that the guide reparameterises, or is computed from it where gradients are switched off, and goes back
/// into a site. A model without a guide is left alone: nothing says that anyone wants its gradient.
/// </summary>
internal sealed class GradientEnds : IPairRule
{
    private static readonly HashSet<string> _ends = ["item", "detach", "data", "ToSingle", "ToDouble"];

    public DiagnosticDescriptor Descriptor => EffectRules.GradientEnds;

    public void Check(GuidePair pair, Action<Diagnostic> report)
    {
        Check(pair.Guide, call => call.Kind == PrimitiveKind.Param || Gradients.IsReparameterized(call), report);
        Check(pair.Model, call => call.Kind == PrimitiveKind.Param || Gradients.IsPathwise(call, pair), report);
    }

    private void Check(MethodBody program, Func<PrimitiveCall, bool> hasGradient, Action<Diagnostic> report)
    {
        var reported = new HashSet<SyntaxNode>();
        foreach (var site in program.Primitives)
            if (site.Density is { } density)
                foreach (var (source, through) in Derivation.From(density, program, hasGradient))
                    if (End(through) is { } end && reported.Add(end))
                        report(Diagnostic.Create(Descriptor, end.GetLocation(), source.Name.Key ?? source.NameArgument.ToString(), site.Name.Key ?? site.NameArgument.ToString()));
    }

    /// <summary>The first place, on the way from the source to the site, behind which there is no gradient.</summary>
    private static SyntaxNode? End(IReadOnlyList<IOperation> through) => through
        .Select(operation => operation is IInvocationOperation call && _ends.Contains(call.TargetMethod.Name) ? call.Syntax
            : IsTensor(operation.Type) ? NoGrad(operation)?.Syntax : null)
        .LastOrDefault(end => end is not null);

    private static bool IsTensor(ITypeSymbol? type) => type is { Name: "Tensor", ContainingType.Name: "torch" };

    /// <summary>The call of no_grad, or of inference_mode, in whose scope an operation lies; null outside of all.</summary>
    private static IInvocationOperation? NoGrad(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
        {
            var resources = outer switch
            {
                IUsingOperation scope when !ReferenceEquals(scope.Resources, inner) => [scope.Resources],
                IBlockOperation block => block.Operations.TakeWhile(statement => statement != inner).OfType<IUsingDeclarationOperation>(),
                _ => (IEnumerable<IOperation>)[],
            };
            if (resources.SelectMany(resource => resource.DescendantsAndSelf()).OfType<IInvocationOperation>().FirstOrDefault(IsNoGrad) is { } found)
                return found;
        }
        return null;
    }

    private static bool IsNoGrad(IInvocationOperation call) =>
        call.TargetMethod is { Name: "no_grad" or "inference_mode", IsStatic: true, ContainingType.Name: "torch" }
        && call.Arguments.All(argument => argument.Value.ConstantValue is not { HasValue: true, Value: false });
}
