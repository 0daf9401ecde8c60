using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Compiler.Reading;

/// <summary>What the variables of a method hold: one walk through its body answers all that is asked of them.</summary>
public sealed class Variables
{
    private static readonly ConditionalWeakTable<IOperation, Variables> _known = new();

    private readonly Dictionary<ISymbol, IVariableDeclaratorOperation> _declarations = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<IOperation>> _writes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<ILocalReferenceOperation>> _reads = new(SymbolEqualityComparer.Default);

    private Variables(IOperation body)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator)
                _declarations[declarator.Symbol] = declarator;
            else if (operation is ILocalReferenceOperation read)
                Add(_reads, read.Local, read);
            foreach (var written in Written(operation))
                Add(_writes, written, operation);
        }
    }

    /// <summary>The value of a variable that is set once, where it is declared or, without a value there, by one assignment; null for others.</summary>
    public static IOperation? OnlyValue(ILocalSymbol variable, IOperation body)
    {
        var known = Of(body);
        // In code that does not compile a variable may be computed from itself.
        return known.Only(variable, body) is { } value && value.DescendantsAndSelf().OfType<ILocalReferenceOperation>().All(used =>
            known.Only(used.Local, body) is not { } earlier || earlier.Syntax.SpanStart < value.Syntax.SpanStart)
            ? value
            : null;
    }

    private IOperation? Only(ILocalSymbol variable, IOperation body)
    {
        if (!_declarations.TryGetValue(variable, out var declarator))
            return null;
        if (declarator.GetVariableInitializer() is { } initializer)
            return IsReassigned(variable, body) ? null : initializer.Value;
        // A loop or a catch gives its variable a value without a word.
        return declarator.Parent is IVariableDeclarationOperation
            && Found(_writes, variable) is { Count: 1 } writes
            && writes[0] is ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation } only
            ? only.Value
            : null;
    }

    /// <summary>The places where a local variable is named.</summary>
    public static IReadOnlyList<ILocalReferenceOperation> References(ILocalSymbol variable, IOperation body) =>
        Found(Of(body)._reads, variable);

    /// <summary>The body that an operation stands in.</summary>
    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>Whether the text writes to the variable at a place that is neither its declaration nor the header of a for loop.</summary>
    public static bool IsReassigned(ISymbol variable, IOperation body) =>
        Found(Of(body)._writes, variable).Any(write => !IsInForHeader(write));

    /// <summary>Whether a part of a method, the headers of its for loops included, writes to the variable.</summary>
    public static bool IsWritten(ISymbol variable, IOperation part) =>
        Found(Of(Root(part))._writes, variable).Any(write => IsInside(write, part));

    private static Variables Of(IOperation body) => _known.GetValue(body, static body => new Variables(body));

    private static IReadOnlyList<T> Found<T>(Dictionary<ISymbol, List<T>> known, ISymbol variable) =>
        known.TryGetValue(variable, out var found) ? found : [];

    private static void Add<T>(Dictionary<ISymbol, List<T>> known, ISymbol variable, T operation)
    {
        if (!known.TryGetValue(variable, out var list))
            known.Add(variable, list = []);
        list.Add(operation);
    }

    /// <summary>The variables that an operation writes to.</summary>
    private static IEnumerable<ISymbol> Written(IOperation operation) => operation switch
    {
        IDeconstructionAssignmentOperation deconstruction =>
            deconstruction.Target.DescendantsAndSelf().Select(Variable).OfType<ISymbol>(),
        IAssignmentOperation assignment => One(assignment.Target),
        IIncrementOrDecrementOperation increment => One(increment.Target),
        IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => One(argument.Value),
        IAddressOfOperation address => One(address.Reference),
        _ => [],
    };

    private static IEnumerable<ISymbol> One(IOperation reference) => Variable(reference) is { } variable ? [variable] : [];

    private static ISymbol? Variable(IOperation reference) => reference switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsInside(IOperation operation, IOperation part)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
            if (ReferenceEquals(outer, part))
                return true;
        return false;
    }

    private static bool IsInForHeader(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
            if (outer is IForLoopOperation loop)
                return loop.AtLoopBottom.Contains(inner) || loop.Before.Contains(inner);
        return false;
    }
}
