using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Compiler.Reading;

/// <summary>What the variables of a method hold.</summary>
public static class Variables
{
    // Every rule asks this of the same variables, and each answer is a walk through the body.
    private static readonly ConditionalWeakTable<IOperation, ConcurrentDictionary<ILocalSymbol, IOperation?>> _onlyValues = new();

    /// <summary>The value of a variable that is set once, where it is declared or, without a value there, by one assignment; null for others.</summary>
    public static IOperation? OnlyValue(ILocalSymbol variable, IOperation body) =>
        _onlyValues.GetValue(body, _ => new ConcurrentDictionary<ILocalSymbol, IOperation?>(SymbolEqualityComparer.Default)).GetOrAdd(variable, asked => FindOnlyValue(asked, body));

    private static IOperation? FindOnlyValue(ILocalSymbol variable, IOperation body)
    {
        IOperation? value = null;
        var isDeclared = false;
        foreach (var operation in body.Descendants())
            if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable))
            {
                // A loop or a catch gives its variable a value without a word.
                isDeclared = declarator.Parent is IVariableDeclarationOperation;
                value = declarator.GetVariableInitializer()?.Value;
            }
        if (value is not null)
            return IsReassigned(variable, body) ? null : value;
        IOperation[] writes = isDeclared ? [.. body.Descendants().Where(operation => IsWrite(operation, variable))] : [];
        return writes.Length == 1 && writes[0] is ISimpleAssignmentOperation { IsRef: false, Target: ILocalReferenceOperation } only ? only.Value : null;
    }

    /// <summary>The body that an operation stands in.</summary>
    public static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>Whether the text writes to the variable at a place that is neither its declaration nor the header of a for loop.</summary>
    public static bool IsReassigned(ISymbol variable, IOperation body)
    {
        foreach (var operation in body.Descendants())
            if (IsWrite(operation, variable) && !IsInForHeader(operation))
                return true;
        return false;
    }

    /// <summary>Whether a part of a method, the headers of its for loops included, writes to the variable.</summary>
    public static bool IsWritten(ISymbol variable, IOperation part) => part.Descendants().Any(operation => IsWrite(operation, variable));

    private static bool IsWrite(IOperation operation, ISymbol variable) => operation switch
    {
        IDeconstructionAssignmentOperation deconstruction => deconstruction.Target.DescendantsAndSelf().Any(target => Is(target, variable)),
        IAssignmentOperation assignment => Is(assignment.Target, variable),
        IIncrementOrDecrementOperation increment => Is(increment.Target, variable),
        IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => Is(argument.Value, variable),
        IAddressOfOperation address => Is(address.Reference, variable),
        _ => false,
    };

    private static bool Is(IOperation reference, ISymbol variable) => reference switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };

    private static bool IsInForHeader(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
            if (outer is IForLoopOperation loop)
                return loop.AtLoopBottom.Contains(inner) || loop.Before.Contains(inner);
        return false;
    }
}
