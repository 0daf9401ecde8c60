using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
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
        var isObserving = type.Symbols.Programs.IsModel(program.Method)
            && program.Primitives.Any(call => call.Kind is PrimitiveKind.Observe or PrimitiveKind.Factor);
        var parameters = type.Programs.SelectMany(other => other.Primitives).Where(call => call.Kind == PrimitiveKind.Param)
            .ToLookup(call => call.Name.Constant);
        var latents = new Search(PrimitiveKind.Sample, program);
        var learned = new Search(PrimitiveKind.Param, program);
        // The last first: what becomes of a value is known when one that it is computed from is asked about.
        foreach (var call in program.Primitives.Reverse())
            if (call.Kind switch
                {
                    PrimitiveKind.Sample => isObserving && !IsPrediction(call, program) && latents.IsDropped(call.Operation),
                    PrimitiveKind.Param => call.Argument("initial") is not null && !IsReadElsewhere(call, parameters)
                        && learned.IsDropped(call.Operation),
                    _ => false,
                })
                report(Diagnostic.Create(
                    Descriptor,
                    call.NameArgument.GetLocation(),
                    call.Kind == PrimitiveKind.Param ? "parameter" : "latent site",
                    call.Name.Text ?? call.NameArgument.ToString()));
    }

    /// <summary>Whether a latent is computed from others, or may be.</summary>
    private static bool IsPrediction(PrimitiveCall site, MethodBody program) => site.Density is not { } density
        || Derivation.Of(density, program, decisions: true).Any(part => program.Primitive(part.Operation) is not null
            || (part.Operation is ILocalReferenceOperation { Type.IsValueType: not true, Local: var local }
                && Variables.OnlyValue(local, program.Body) is null));

    /// <summary>Whether another call in the type, by the same name, may read the parameter.</summary>
    private static bool IsReadElsewhere(PrimitiveCall param, ILookup<string?, PrimitiveCall> all) =>
        (param.Name.Constant is { } constant ? all[constant].Concat(all[null]) : all.SelectMany(same => same)).Any(other => other != param
            && (other.Name.Key is null || param.Name.Key is null || SiteName.MayBeSame(other.Name.Key, param.Name.Key)));

    private static bool IsPure(IInvocationOperation call) => call.Type.IsTensor() && call.TargetMethod.IsOfTorch()
        && !Operations.ChangesInPlace(call.TargetMethod.Name);

    /// <summary>What becomes of the values of a program; of each variable it is found out once.</summary>
    private sealed class Search(PrimitiveKind of, MethodBody program)
    {
        private readonly Dictionary<ISymbol, bool> _variables = new(SymbolEqualityComparer.Default);

        public bool IsDropped(IOperation value) => value.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var variable } } => IsDropped(variable),
            IConditionalOperation choice => choice.Type is not null && choice.Condition != value && IsDropped(choice),
            IConversionOperation or IBinaryOperation or IUnaryOperation or IArgumentOperation => IsDropped(value.Parent),
            IObjectCreationOperation { Type: { } type } creation =>
                type.ContainingNamespace.FullName() == RuntimeNames.Distributions && IsDropped(creation),
            // The log density of a site is in the loss: a parameter of it is trained, whatever becomes of the value.
            IInvocationOperation call =>
                ((of == PrimitiveKind.Sample && program.Primitive(call)?.Kind == PrimitiveKind.Sample) || IsPure(call))
                && IsDropped(call),
            _ => false,
        };

        private bool IsDropped(ILocalSymbol variable)
        {
            if (!_variables.TryGetValue(variable, out var dropped))
            {
                _variables[variable] = true;
                _variables[variable] = dropped = Variables.OnlyValue(variable, program.Body) is not null
                    && Variables.References(variable, program.Body).All(IsDropped);
            }
            return dropped;
        }
    }
}
