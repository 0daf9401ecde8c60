using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Pyro.Build.Tests;

/// <summary>Which package an application of this repository asks for libtorch.</summary>
public class TorchPackageTests
{
    [TestCase("TorchSharp-cuda-linux")]
    [TestCase("TorchSharp-cuda-windows")]
    public void Application_WithTorchPackage_AsksForIt(string package)
    {
        using var items = Items($"-property:TorchPackage={package}");

        Assert.That(References(items), Does.Contain(package).And.None.StartsWith("libtorch-"));
        Assert.That(Version(items, package), Is.EqualTo(Files.Metadata("TorchSharpVersion")));
    }

    [Test]
    public void Application_WithoutTorchPackage_AsksForThePackageOfThisPlatform()
    {
        using var items = Items();

        var package = References(items).Single(name => name.StartsWith("libtorch-", StringComparison.Ordinal));
        Assert.That(package, Does.StartWith("libtorch-cpu-"));
        Assert.That(Version(items, package), Is.EqualTo(Files.Metadata("LibTorchVersion")));
    }

    private static IEnumerable<string> References(JsonDocument items) =>
        items.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);

    private static string? Version(JsonDocument items, string package) =>
        items.RootElement.GetProperty("Items").GetProperty("PackageVersion").EnumerateArray()
            .Single(item => item.GetProperty("Identity").GetString() == package).GetProperty("Version").GetString();

    private static JsonDocument Items(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Sample(), "-getItem:PackageReference", "-getItem:PackageVersion", .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        return JsonDocument.Parse(process.StandardOutput.ReadToEnd());
    }

    private static string Sample([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(path, "../../../samples/CoinFlip/CoinFlip.csproj"));
}
