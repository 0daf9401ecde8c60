using System.Diagnostics;

namespace Pyro.Integration.Tests;

/// <summary>A sample as it is started from a shell.</summary>
public class SampleCommandTests
{
    // Built beside these tests, in a folder of the same form.
    private static readonly string Folder = AppContext.BaseDirectory
        .Replace($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}samples{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        .Replace("Pyro.Integration.Tests", "CoinFlip", StringComparison.Ordinal);

    [Theory]
    [InlineData("abc", "'abc'")]
    [InlineData("99999999999", "'99999999999'")]
    [InlineData("3", "at least 4")]
    [InlineData("-5", "at least 4")]
    public void A_bad_option_is_a_sentence(string steps, string said)
    {
        var (code, output, error) = Start(Folder, "--steps", steps);
        Assert.Equal(1, code);
        Assert.Contains(said, error);
        Assert.DoesNotContain("   at ", error);
        Assert.Contains("--seed", output);
    }

    [Fact]
    public void Sample_WithoutNatives_EndsWithOneSentence()
    {
        var folder = Directory.CreateTempSubdirectory("sample");
        try
        {
            foreach (var file in Directory.GetFiles(Folder))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var (code, _, error) = Start(folder.FullName, "--steps", "4");
            Assert.Equal(1, code);
            Assert.StartsWith("libtorch cannot be loaded", error);
            Assert.Contains("libtorch-cpu-", error);
            Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
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
