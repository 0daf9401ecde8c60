using System.Diagnostics;
using System.Text;

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
    public void Without_libtorch_it_ends_with_one_sentence()
    {
        if (!File.Exists(Path.Combine(Folder, "libPyroTorch.so")))
            return; // TorchSharp's packages bring their own.
        var folder = Directory.CreateTempSubdirectory("sample");
        try
        {
            foreach (var file in Directory.GetFiles(Folder))
                File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
            var shim = Path.Combine(folder.FullName, "libPyroTorch.so");
            Says(folder.FullName, NeedsAnotherLibrary(shim), "libtorch cannot be loaded (libnowhere");
            File.Delete(shim);
            Says(folder.FullName, true, $"libPyroTorch.so is not in {folder.FullName}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Says(string folder, bool prepared, string said)
    {
        Assert.True(prepared);
        var (code, _, error) = Start(folder, "--steps", "4");
        Assert.Equal(1, code);
        Assert.StartsWith(said, error.Replace("The native tensor library ", "", StringComparison.Ordinal));
        Assert.Contains("libtorch-dev", error);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Gives the library that a shared object is linked with a name, of the same length, that none has.</summary>
    private static bool NeedsAnotherLibrary(string file)
    {
        var bytes = File.ReadAllBytes(file);
        var position = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("libtorch_c"));
        if (position < 0)
            return false;
        Encoding.ASCII.GetBytes("libnowhere").CopyTo(bytes, position);
        File.WriteAllBytes(file, bytes);
        return true;
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
