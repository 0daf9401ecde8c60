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
}
