using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO060: a latent of a model with observations, or a parameter, whose value is dropped, or computed with only to be dropped. A latent that is computed from others is a
/// prediction, and left alone.
/// </summary>
internal sealed class Unreached() : Rule(
    "PYRO060",
    DiagnosticSeverity.Warning,
    "A latent or a parameter cannot reach any observation or the loss",
    "Nothing that inference looks at is computed from {0} '{1}'",
    "The data say nothing about a latent that no observation is computed from, and a parameter that no site is computed from is "
        + "never changed."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        var isObserving = type.Symbols.Programs.IsModel(program.Method) && program.Primitives.Any(call => call.Kind is PrimitiveKind.Observe or PrimitiveKind.Factor);
        foreach (var call in program.Primitives)
            if (call.Kind switch
                {
                    PrimitiveKind.Sample => isObserving && !IsPrediction(call, program),
                    PrimitiveKind.Param => call.Argument("initial") is not null && !IsReadElsewhere(call, type),
                    _ => false,
                }
                && IsDropped(call.Operation, call.Kind, program, new HashSet<ISymbol>(SymbolEqualityComparer.Default)))
                report(Diagnostic.Create(Descriptor, call.NameArgument.GetLocation(), call.Kind == PrimitiveKind.Param ? "parameter" : "latent site", call.Name.Text ?? call.NameArgument.ToString()));
    }

    /// <summary>Whether a latent is computed from others, or may be.</summary>
    private static bool IsPrediction(PrimitiveCall site, MethodBody program) => site.Density is not { } density
        || Derivation.Of(density, program, decisions: true).Any(part => part.Operation switch
        {
            IInvocationOperation call => program.Primitives.Any(other => other.Operation == call),
            ILocalReferenceOperation local => local.Type?.IsValueType != true && Variables.OnlyValue(local.Local, program.Body) is null,
            _ => false,
        });

    /// <summary>Whether another call in the type, by the same name, may read the parameter.</summary>
    private static bool IsReadElsewhere(PrimitiveCall param, ProgramType type) => type.Programs.Any(program => program.Primitives.Any(other =>
        other != param && other.Kind == PrimitiveKind.Param && (other.Name.Key is null || param.Name.Key is null || SiteName.MayBeSame(other.Name.Key, param.Name.Key))));

    private static bool IsDropped(IOperation value, PrimitiveKind of, MethodBody program, HashSet<ISymbol> variables) => value.Parent switch
    {
        IExpressionStatementOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => !variables.Add(declarator.Symbol)
            || (Variables.OnlyValue(declarator.Symbol, program.Body) is not null && program.Body.Descendants().OfType<ILocalReferenceOperation>()
                .Where(use => SymbolEqualityComparer.Default.Equals(use.Local, declarator.Symbol)).All(use => IsDropped(use, of, program, variables))),
        IConditionalOperation choice => choice.Type is not null && choice.Condition != value && IsDropped(choice, of, program, variables),
        IConversionOperation or IBinaryOperation or IUnaryOperation or IArgumentOperation => IsDropped(value.Parent, of, program, variables),
        IObjectCreationOperation { Type: { } type } creation => type.ContainingNamespace.ToDisplayString() == "Pyro.Distributions" && IsDropped(creation, of, program, variables),
        // The log density of a site is in the loss: a parameter of it is trained, whatever becomes of the value.
        IInvocationOperation call => ((of == PrimitiveKind.Sample && program.Primitives.Any(primitive => primitive.Kind == PrimitiveKind.Sample && primitive.Operation == call)) || IsPure(call))
            && IsDropped(call, of, program, variables),
        _ => false,
    };

    private static bool IsPure(IInvocationOperation call) => call.Type is { Name: "Tensor", ContainingType.Name: "torch" }
        && call.TargetMethod.ContainingType.ToDisplayString().StartsWith("TorchSharp.torch", StringComparison.Ordinal)
        && !call.TargetMethod.Name.EndsWith("_", StringComparison.Ordinal);
}
