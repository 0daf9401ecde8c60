namespace ProbCompiler.Benchmarks;

/// <summary>What the operating system says this process holds.</summary>
internal static class ResidentMemory
{
    /// <summary>The resident set size in bytes, managed and native memory together.</summary>
    internal static long Bytes
    {
        get
        {
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            return self.WorkingSet64;
        }
    }
}
