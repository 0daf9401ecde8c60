using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Pyro.Integration.Tests;

/// <summary>Misuses that can end a process, each in one of its own.</summary>
public class AbortTests
{
    private const string Heading = "## What can end the process";

    [TestCase("matmul of shapes", "'y'", "Float32 (5, 4) and Float32 (3)", "Transpose or reshape", "x Float32 (5, 4), y Float32 (5)", "w Float32 (3)")]
    [TestCase("matmul of dtypes", "'y'", "Float64 (5, 3) and Float32 (3)", "to_type")]
    [TestCase("matmul of bools", "'y'", "Bool (5, 3) and Bool (3)", "to_type")]
    [TestCase("matmul in a lambda", "'y'", "Float32 (5, 3) and Float32 (4)", "Transpose or reshape")]
    [TestCase("cummax", "'y'", "Float32 (3)", "no dimension 5")]
    [TestCase("cummin", "'y'", "Float32 (3)", "no dimension 5")]
    [TestCase("var of integers", "'y'", "Int64 (3, 2)", "to_type")]
    [TestCase("slice", "'y'", "step of at least 1")]
    [TestCase("null index", "'y'", "null: give it all of its arguments")]
    [TestCase("autograd.grad", "'y'", "scalar outputs")]
    [TestCase("shapes of a sum", "'y'", "(3) must match", "x Float32 (3), y Float32 (4)")]
    [TestCase("a loss that differentiates", "scalar outputs")]
    [TestCase("a checkpoint with states of zeros", "random numbers of 'cpu'", "never seeded", "Nothing was changed.")]
    [TestCase("a checkpoint with states of signed bytes", "random numbers of 'cpu'", "Int8 of shape (5056)", "Nothing was changed.")]
    [TestCase("any operands", "results", "refusals")]
    public void Misuse_IsAnException(string way, params string[] words)
    {
        var (code, output) = Run("guarded", way);
        Assert.That(code, Is.Zero, output);
        foreach (var word in words)
            Assert.That(output, Does.Contain(word));
    }

    [Test]
    public void EveryGuardedWay_IsTested() => Assert.That(
        typeof(AbortTests).GetMethod(nameof(Misuse_IsAnException))!.GetCustomAttributes(typeof(TestCaseAttribute), inherit: false).Cast<TestCaseAttribute>().Select(test => test.Arguments[0]),
        Is.EquivalentTo(Ways("guarded")));

    [Test]
    public void Documentation_ListsWhatEndsTheProcess() => Assert.That(Listed(), Is.EquivalentTo(Ways("unguarded")));

    /// <summary>Where TorchSharp has learned to throw, this fails: take the way off the list, and the check out of the runtime.</summary>
    [TestCaseSource(nameof(Listed))]
    public void ListedWay_EndsTheProcess(string way)
    {
        var (code, output) = Run("unguarded", way);
        Assert.That(code, Is.Not.InRange(0, 127), output);
    }

    // The first column of the table under the heading.
    private static IEnumerable<string> Listed() =>
        from line in File.ReadLines(Page()).SkipWhile(line => line != Heading)
        where line.StartsWith("| `", StringComparison.Ordinal)
        select line.Split('`')[1];

    private static string Page([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "../../docs/tensors.md");

    private static string[] Ways(string kind) => Run(kind).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pyro.Aborts.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, process.ExitCode == 0 ? output : output + error.Result);
    }
}
