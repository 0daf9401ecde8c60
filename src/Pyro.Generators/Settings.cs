using Microsoft.CodeAnalysis.Diagnostics;

namespace Pyro.Generators;

/// <summary>What a project asks of the generator, by properties that the package's targets make visible to it.</summary>
internal static class Settings
{
    /// <summary>Whether explanations are generated.</summary>
    public static bool Explains(AnalyzerConfigOptions options) =>
        options.TryGetValue("build_property.ProbCompilerExplain", out var value) && value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
