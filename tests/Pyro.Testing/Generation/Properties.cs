using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Pyro.Testing.Generation;

/// <summary>What a build tells the compiler's extensions: properties of the project that are visible to them.</summary>
/// <param name="properties">The properties, by name.</param>
public sealed class Properties(params (string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
{
    /// <inheritdoc/>
    public override AnalyzerConfigOptions GlobalOptions { get; } =
        new Values(properties.ToDictionary(property => "build_property." + property.Name, property => property.Value, AnalyzerConfigOptions.KeyComparer));

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

    /// <inheritdoc/>
    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values([]);

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
