using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO070: a program that draws random numbers of its own, asks for the time, reads from outside, or reads or sets static state that can change. What merely prints is left alone, and so is the
/// initial value of a parameter, which is asked for once.
/// </summary>
internal sealed class NotAFunction : IProgramRule
{
    private static readonly HashSet<string> _torchRandom = ["rand", "randn", "randint", "randperm", "rand_like", "randn_like", "randint_like", "bernoulli", "multinomial", "normal", "poisson"];
    private static readonly HashSet<string> _clocks = ["System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
        "System.Environment.TickCount", "System.Environment.TickCount64", "System.Diagnostics.Stopwatch.GetTimestamp"];

    public DiagnosticDescriptor Descriptor => EffectRules.NotAFunction;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var operation in program.Body.Descendants())
            if (Reason(operation) is { } reason && !IsInitialValue(operation, program))
                report(Diagnostic.Create(Descriptor, operation.Syntax.GetLocation(), program.Method.Name, reason));
    }

    private static string? Reason(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Type: { Name: "Random", ContainingNamespace.Name: "System" } } => Random,
        IPropertyReferenceOperation { Property: { Name: "Shared", ContainingType: { Name: "Random", ContainingNamespace.Name: "System" } } } => Random,
        IInvocationOperation { TargetMethod: { Name: "NewGuid", ContainingType.Name: "Guid" } } => Random,
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "torch" } method } when _torchRandom.Contains(method.Name) => Random,
        IPropertyReferenceOperation property when _clocks.Contains(Full(property.Property)) => Clock,
        IInvocationOperation call when _clocks.Contains(Full(call.TargetMethod)) => Clock,
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Console" } method } when method.Name.StartsWith("Read", StringComparison.Ordinal) => Outside,
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { Name: "File", ContainingNamespace.Name: "IO" } } } => Outside,
        IAssignmentOperation assignment when IsStatic(assignment.Target) => State,
        IIncrementOrDecrementOperation increment when IsStatic(increment.Target) => State,
        IMemberReferenceOperation member when IsVariable(member.Member) && !IsTarget(member) => Variable,
        _ => null,
    };

    private const string Random = "make this random choice a site, or an argument", Clock = "the time is another in each run; pass it as an argument",
        Outside = "read before, and pass what was read as an argument", State = "static state lasts from run to run; return the value instead",
        Variable = "a static variable can change between runs; make it readonly, or pass it as an argument";

    private static string Full(ISymbol symbol) => symbol.ContainingType.ToDisplayString() + "." + symbol.Name;

    /// <summary>Whether a static member of the user's own code can be set after its type is initialised.</summary>
    private static bool IsVariable(ISymbol member) => member.Locations.Any(location => location.IsInSource) && member switch
    {
        IFieldSymbol field => field is { IsStatic: true, IsReadOnly: false, IsConst: false },
        IPropertySymbol property => property is { IsStatic: true, SetMethod: not null },
        _ => false,
    };

    /// <summary>Whether the reference is only written to, which is reported as such, or only named.</summary>
    private static bool IsTarget(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => ReferenceEquals(assignment.Target, reference),
        IIncrementOrDecrementOperation or INameOfOperation => true,
        _ => false,
    };

    private static bool IsStatic(IOperation target) => target is IFieldReferenceOperation { Field.IsStatic: true } or IPropertyReferenceOperation { Property.IsStatic: true };

    /// <summary>Whether the value is given to Param, or kept in a variable that nothing but Param reads.</summary>
    private static bool IsInitialValue(IOperation operation, MethodBody program)
    {
        var syntax = operation.Syntax.Span;
        bool InParam(Microsoft.CodeAnalysis.Text.TextSpan span) => program.Primitives.Any(call => call.Kind == PrimitiveKind.Param && call.Operation.Syntax.Span.Contains(span));
        if (InParam(syntax))
            return true;
        for (var around = operation.Parent; around is not null; around = around.Parent)
            if (around is IVariableDeclaratorOperation declarator)
                return program.Body.Descendants().OfType<ILocalReferenceOperation>()
                    .Where(use => SymbolEqualityComparer.Default.Equals(use.Local, declarator.Symbol)).All(use => InParam(use.Syntax.Span));
        return false;
    }
}
