using Microsoft.CodeAnalysis;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// A diagnostic, beside the code that finds it: a class of this namespace that derives from this one and implements an interface by which
/// an analyzer asks it. Nothing else lists it. Rules have no state: one instance serves all threads.
/// </summary>
internal abstract class Rule(
    string id, DiagnosticSeverity severity, string title, string message, string description, params string[] tags)
{
    private const string Pages = "https://github.com/ProbCompiler/ProbCompiler/blob/main/docs/diagnostics/";

    private static readonly Lazy<Rule[]> _all = new(() =>
        [.. typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)))
            .Select(type => (Rule)Activator.CreateInstance(type)!).OrderBy(rule => rule.Descriptor.Id, StringComparer.Ordinal)]);

    /// <summary>What an editor and a build show of it.</summary>
    public DiagnosticDescriptor Descriptor { get; } =
        new(id, title, message, Category(id), severity, isEnabledByDefault: true, description, Pages + id + ".md", tags);

    /// <summary>All rules of a kind, in the order of their ids.</summary>
    public static IEnumerable<T> All<T>() => _all.Value.OfType<T>();

    // One for each ten of the ids.
    private static string Category(string id) => "Pyro." + id["PYRO0".Length] switch
    {
        '0' => "Programs",
        '1' => "Names",
        '2' => "Guides",
        '3' => "Supports",
        '4' => "Inference",
        '5' => "Plates",
        '6' => "Params",
        _ => "Effects",
    };
}
