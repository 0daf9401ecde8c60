using Pyro.Distributions;

namespace Pyro.Params;

/// <summary>The shapes that values and leaves of constrained parameters have, looked at before anything is computed from them.</summary>
internal static class ValueShape
{
    /// <summary>What a constraint is made for where a value's shape is none of its; null where it is.</summary>
    public static string? FindMisfit(Constraint constraint, ReadOnlySpan<long> shape)
    {
        if (shape.Length < constraint.EventRank)
            return constraint.EventRank == 1 ? "vectors, with one dimension or more" : "matrices, with two dimensions or more";
        if (IsOfMatrices(constraint) && shape[^1] != shape[^2])
            return "square matrices";
        return HasNumbers(constraint) && shape[^1] == 0 ? "at least one number" : null;
    }

    /// <summary>The same of a leaf's shape.</summary>
    public static string? FindMisfitOfLeaf(Constraint constraint, long[] shape) =>
        FindMisfit(constraint, shape.Length < constraint.EventRank ? shape : constraint.TransformTo().ForwardShape(shape));

    private static bool IsOfMatrices(Constraint constraint) =>
        constraint == Constraints.LowerCholesky || constraint == Constraints.PositiveDefinite || constraint == Constraints.CorrelationCholesky;

    private static bool HasNumbers(Constraint constraint) =>
        constraint == Constraints.Simplex || constraint == Constraints.Ordered || constraint == Constraints.PositiveDefinite || constraint == Constraints.CorrelationCholesky;
}
