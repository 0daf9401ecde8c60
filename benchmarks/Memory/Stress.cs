using System.Diagnostics;
using static TorchSharp.torch;

namespace ProbCompiler.Benchmarks;

/// <summary>Threads that work on tensors of their own, each step in a dispose scope, and pass some from hand to hand.</summary>
internal static class Stress
{
    internal static bool Run(int threads, TimeSpan time, int seed)
    {
        var before = Tensor.TotalCount;
        var clock = Stopwatch.StartNew();
        var steps = new long[threads];
        var errors = 0;
        var workers = Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            var random = new Random(seed + thread);
            try
            {
                while (clock.Elapsed < time)
                {
                    Step(random);
                    steps[thread]++;
                }
            }
            catch (Exception error)
            {
                Interlocked.Increment(ref errors);
                Console.Error.WriteLine(error);
            }
        })).ToArray();
        foreach (var worker in workers)
            worker.Start();
        foreach (var worker in workers)
            worker.Join();

        var left = Tensor.TotalCount - before;
        Console.WriteLine(FormattableString.Invariant(
            $"{threads} threads, {steps.Sum()} steps in {clock.Elapsed.TotalSeconds:F1} s: {left} live tensors, {errors} errors, {ResidentMemory.Bytes / 1e6:F0} MB resident"));
        return left == 0 && errors == 0;
    }

    /// <summary>Forward and backward of something small, with tensors moved, detached, disposed early, twice and by another thread.</summary>
    private static void Step(Random random)
    {
        Tensor kept;
        using (var outer = NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                var x = rand(random.Next(1, 40), 3);
                var w = zeros(3, requires_grad: true);
                var loss = (x.mv(w) - 1).square().mean();
                loss.backward();
                kept = (random.Next(4) == 0 ? w.grad! : loss).MoveToOuterDisposeScope();
                x.Dispose();
                x.Dispose();
            }
            if (kept.IsInvalid || outer.DisposablesCount != 1)
                throw new InvalidOperationException("A tensor went before its time.");
            try
            {
                using var wrong = kept.reshape(2, 3, 5);
                throw new InvalidOperationException("An error went unnoticed.");
            }
            catch (System.Runtime.InteropServices.ExternalException)
            {
                // As it should be.
            }
            kept.DetachFromDisposeScope();
        }
        if (random.Next(50) == 0)
            Task.Run(kept.Dispose).Wait();
        else
            kept.Dispose();
    }
}
