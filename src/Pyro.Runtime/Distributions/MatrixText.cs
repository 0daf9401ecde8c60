namespace Pyro.Distributions;

/// <summary>What is wrong with a square matrix, in words.</summary>
internal static class MatrixText
{
    /// <summary>The first entry that a lower triangular matrix with a positive diagonal does not have.</summary>
    /// <param name="numbers">The matrix, row by row.</param>
    public static string? WhyNotLower(double[] numbers)
    {
        var size = (int)Math.Sqrt(numbers.Length);
        for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                if (numbers[i * size + j] is var number && (double.IsNaN(number) || (j > i && number != 0) || (j == i && !(number > 0 && double.IsFinite(number)))))
                    return j > i ? $"{Entry(number, i, j)}, above the diagonal" : j == i ? $"{Entry(number, i, j)}, on the diagonal" : Entry(number, i, j);
        return null;
    }

    /// <summary>The entries that a positive definite matrix does not have.</summary>
    /// <param name="numbers">The matrix, row by row.</param>
    /// <param name="tolerance">By how much, in units of the diagonal's, entries across the diagonal may differ.</param>
    public static string WhyNotPositiveDefinite(double[] numbers, double tolerance)
    {
        var size = (int)Math.Sqrt(numbers.Length);
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var (below, above) = (numbers[i * size + j], numbers[j * size + i]);
                if (i == j && !(below > 0))
                    return $"{Entry(below, i, i)}, on the diagonal";
                if (!(Math.Abs(below - above) <= tolerance * Math.Sqrt(numbers[i * size + i]) * Math.Sqrt(numbers[j * size + j])))
                    return $"{Entry(above, j, i)} and {Entry(below, i, j)}";
            }
        return "an eigenvalue is not positive";
    }

    private static string Entry(double number, int row, int column) => $"{Numbers.Format(number)} at ({row}, {column})";
}
