using System.Diagnostics;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>Small tensors of several sizes, made one after the other and dropped.</summary>
internal static class Dropped
{
    private const double Bound = 500;

    internal static bool Run(int count, int seed)
    {
        var clock = Stopwatch.StartNew();
        var most = Most(count, seed) / 1e6;
        var end = ResidentMemory.Bytes / 1e6;
        Console.WriteLine(FormattableString.Invariant(
            $"{count} tensors dropped in {clock.Elapsed.TotalSeconds:F1} s, {GC.CollectionCount(0)} collections ({GC.CollectionCount(2)} full): {end:F0} MB resident at the end, {most:F0} MB at most (allowed: {Bound:F0} MB)"));
        return end < Bound && most < Bound;
    }

    /// <summary>Makes and drops the tensors.</summary>
    /// <returns>The most bytes that were resident meanwhile.</returns>
    internal static long Most(int count, int seed)
    {
        var random = new Random(seed);
        var most = 0L;
        for (var i = 1; i <= count; i++)
        {
            // From one number to 4,000: 16 KB.
            _ = zeros((long)Math.Pow(4000, random.NextDouble()));
            if (i % Math.Max(1, count / 20) == 0)
                most = Math.Max(most, ResidentMemory.Bytes);
        }
        return most;
    }
}
