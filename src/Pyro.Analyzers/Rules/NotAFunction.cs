using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO070: a program that draws random numbers of its own, asks for the time, reads from outside, or reads or sets static state that can change. What merely prints is left alone, and so is the
/// initial value of a parameter, which is asked for once.
/// </summary>
internal sealed class NotAFunction() : Rule(
    "PYRO070",
    DiagnosticSeverity.Warning,
    "A model is not a function of its arguments and its sites",
    "'{0}' must be a function of its arguments and its sites: {1}",
    "Inference runs a model many times, replays it and scores it. What a run does must follow from the arguments and from the "
        + "values of its sites alone: a random choice is a site, and everything else is an argument."), IProgramRule
{
    private static readonly HashSet<string> _clocks = ["System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
        "System.Environment.TickCount", "System.Environment.TickCount64", "System.Diagnostics.Stopwatch.GetTimestamp", "System.Diagnostics.Stopwatch.StartNew"];

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var body in Run(program, type))
            foreach (var operation in body.Body.Descendants())
                if (Reason(operation) is { } reason && !IsInitialValue(operation, body))
                    report(Diagnostic.Create(Descriptor, operation.Syntax.GetLocation(), body.Method.Name, reason));
    }

    /// <summary>The program and the methods of its type that it calls, other programs aside; not for the initial value of a parameter.</summary>
    private static IEnumerable<MethodBody> Run(MethodBody program, ProgramType type)
    {
        var bodies = new List<MethodBody> { program };
        for (var i = 0; i < bodies.Count; i++)
            foreach (var call in bodies[i].Body.Descendants().OfType<IInvocationOperation>())
                if (type.Body(call.TargetMethod) is { } called && !type.Symbols.Programs.IsProgram(called.Method) && !bodies.Contains(called) && !IsInitialValue(call, bodies[i]))
                    bodies.Add(called);
        return bodies;
    }

    private static string? Reason(IOperation operation) => operation switch
    {
        IObjectCreationOperation { Type: { Name: "Random", ContainingNamespace.Name: "System" } } => Random,
        IPropertyReferenceOperation { Property: { Name: "Shared", ContainingType: { Name: "Random", ContainingNamespace.Name: "System" } } } => Random,
        IInvocationOperation { TargetMethod: { Name: "NewGuid", ContainingType.Name: "Guid" } } => Random,
        // Of a generator that the program makes itself the making is reported.
        IInvocationOperation { TargetMethod.ContainingType: { Name: "Random", ContainingNamespace.Name: "System" }, Instance: IFieldReferenceOperation or IParameterReferenceOperation } => Random,
        IInvocationOperation { TargetMethod.ContainingType: { Name: "RandomNumberGenerator", ContainingNamespace.Name: "Cryptography" } } => Random,
        IInvocationOperation { TargetMethod: { Name: "Sample", ContainingType.ContainingNamespace: { } home } } when home.FullName() == RuntimeNames.Distributions => Random,
        IInvocationOperation call when Derivation.Has(call, Traits.Draws) => Random,
        IPropertyReferenceOperation property when _clocks.Contains(Full(property.Property)) => Clock,
        IInvocationOperation call when _clocks.Contains(Full(call.TargetMethod)) => Clock,
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "Console" } method } when method.Name.StartsWith("Read", StringComparison.Ordinal) => Outside,
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { Name: "File" or "Directory", ContainingNamespace.Name: "IO" } } } => Outside,
        IObjectCreationOperation { Type: { Name: "StreamReader" or "FileStream" or "HttpClient" } } => Outside,
        IInvocationOperation { TargetMethod: { Name: "GetEnvironmentVariable", ContainingType.Name: "Environment" } } => Outside,
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
                return Variables.References(declarator.Symbol, program.Body).All(use => InParam(use.Syntax.Span));
        return false;
    }
}
