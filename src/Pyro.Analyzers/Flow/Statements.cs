using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// The statements of a block that matter to those behind them: declarations with <c>using</c>, and those that may jump. Most blocks have
/// few.
/// </summary>
internal static class Statements
{
    private static readonly ConditionalWeakTable<IBlockOperation, IOperation[]> _known = new();

    /// <summary>Those that stand before another statement of the block.</summary>
    public static IEnumerable<IOperation> Before(IBlockOperation block, IOperation statement) =>
        _known.GetValue(block, static block => [.. block.Operations.Where(Matters)])
            .TakeWhile(other => other.Syntax.SpanStart < statement.Syntax.SpanStart);

    private static bool Matters(IOperation statement) => statement is IUsingDeclarationOperation
        || statement.DescendantsAndSelf()
            .Any(part => part is IBranchOperation or IReturnOperation { IsImplicit: false } or IThrowOperation);
}
