using System.Diagnostics;

namespace Pyro.Integration.Tests;

/// <summary>A sample as it is started from a shell.</summary>
public class SampleCommandTests
{
    // Built beside these tests, in a folder of the same form.
    private static readonly string Folder = AppContext.BaseDirectory
        .Replace($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}samples{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        .Replace("Pyro.Integration.Tests", "CoinFlip", StringComparison.Ordinal);

    [TestCase("abc", "'abc'")]
    [TestCase("99999999999", "'99999999999'")]
    [TestCase("3", "at least 4")]
    [TestCase("-5", "at least 4")]
    public void A_bad_option_is_a_sentence(string steps, string said)
    {
        var (code, output, error) = Start(Folder, "--steps", steps);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain(said));
        Assert.That(error, Does.Not.Contain("   at "));
        Assert.That(output, Does.Contain("--seed"));
    }

    [Test]
    public void Sample_WithoutNatives_EndsWithOneSentence()
    {
        var folder = Directory.CreateTempSubdirectory("sample");
        try
        {
            foreach (var file in Directory.GetFiles(Folder))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var (code, _, error) = Start(folder.FullName, "--steps", "4");
            Assert.That(code, Is.EqualTo(1));
            Assert.That(error, Does.StartWith("libtorch cannot be loaded"));
            Assert.That(error, Does.Contain("libtorch-cpu-"));
            Assert.That(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Exactly(1).Items);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (int Code, string Output, string Error) Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "CoinFlip.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
