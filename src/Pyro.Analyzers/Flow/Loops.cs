using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>The loops of a method's text.</summary>
internal static class Loops
{
    /// <summary>The innermost loop whose body, not its header, contains the operation, inside the same function; null outside all loops.</summary>
    public static ILoopOperation? Around(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer and not (IAnonymousFunctionOperation or ILocalFunctionOperation); inner = outer)
            if (outer is ILoopOperation loop && ReferenceEquals(loop.Body, inner))
                return loop;
        return null;
    }

    /// <summary>Whether the operation lies in the scope of a <c>using</c>, statement or declaration: the scope of a plate, or what may be one.</summary>
    public static bool IsInPlate(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
            if (outer is IUsingOperation || (outer is IBlockOperation block && block.Operations.TakeWhile(o => o != inner).Any(o => o is IUsingDeclarationOperation)))
                return true;
        return false;
    }

    /// <summary>Whether the text writes to the variable at a place that is neither its declaration nor the header of a for loop.</summary>
    public static bool IsReassigned(ISymbol variable, IOperation body)
    {
        foreach (var operation in body.Descendants())
            if (Target(operation) is { } target && SymbolEqualityComparer.Default.Equals(Symbol(target), variable) && !IsInForHeader(operation))
                return true;
        return false;
    }

    private static IOperation? Target(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => assignment.Target,
        IIncrementOrDecrementOperation increment => increment.Target,
        IArgumentOperation { Parameter.RefKind: not RefKind.None } argument => argument.Value,
        IAddressOfOperation address => address.Reference,
        _ => null,
    };

    private static ISymbol? Symbol(IOperation reference) => reference switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsInForHeader(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
            if (outer is IForLoopOperation loop)
                return loop.AtLoopBottom.Contains(inner) || loop.Before.Contains(inner);
        return false;
    }
}
