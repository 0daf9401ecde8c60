using Microsoft.CodeAnalysis.CSharp;

namespace Pyro.CodeFixes;

/// <summary>The factor of a mean-field guide for one site: a family of the site's support, whose parameters are learned.</summary>
internal static class MeanField
{
    private static readonly Dictionary<string, (string Family, (string Name, string Initial, string? Constraint)[] Parameters)> _factors = new()
    {
        ["Real"] = ("Normal", [("mu", "0f", null), ("sigma", "1f", "Positive")]),
        ["Positive"] = ("LogNormal", [("mu", "0f", null), ("sigma", "1f", "Positive")]),
        ["UnitInterval"] = ("Beta", [("alpha", "1f", "Positive"), ("beta", "1f", "Positive")]),
        ["Boolean"] = ("Bernoulli", [("ps", "0.5f", "UnitInterval")]),
    };

    /// <summary>Whether there is a factor for the support.</summary>
    public static bool Covers(string support) => _factors.ContainsKey(support);

    /// <summary>The statement that samples the site, names written out in full.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="support">Its support, by the name in Constraints.</param>
    /// <param name="names">The names that the guide uses; those of the new parameters are added.</param>
    public static string Site(string site, string support, HashSet<string> names)
    {
        var (family, parameters) = _factors[support];
        var arguments = parameters.Select(parameter =>
            $"{Primitive("Param")}({Quote(Free($"{site}_{parameter.Name}", names))}, {parameter.Initial}"
            + (parameter.Constraint is null ? ")" : $", global::Pyro.Distributions.Constraints.{parameter.Constraint})"));
        return $"{Primitive("Sample")}({Quote(site)}, new global::Pyro.Distributions.{family}({string.Join(", ", arguments)}));";
    }

    private static string Primitive(string name) => $"global::Pyro.Primitives.{name}";

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Free(string name, HashSet<string> names)
    {
        var free = name;
        for (var number = 2; !names.Add(free); number++)
            free = $"{name}_{number}";
        return free;
    }
}
