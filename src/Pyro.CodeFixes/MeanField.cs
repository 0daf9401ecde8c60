using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pyro.Compiler.Catalog;

namespace Pyro.CodeFixes;

/// <summary>The factor of a mean-field guide for one site: a family of the site's support, whose parameters are learned.</summary>
internal static class MeanField
{
    /// <summary>The statement that samples the site, names written out in full.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="type">The family's class.</param>
    /// <param name="names">The names that the guide uses; those of the new parameters are added.</param>
    public static string Site(string site, INamedTypeSymbol type, HashSet<string> names)
    {
        var arguments = Family.Of(type)!.Parameters.Where(parameter => parameter.Initial is not null)
            .Select(parameter => Learned(Free($"{site}_{parameter.Name}", names), parameter));
        var family = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        return $"{Primitive(RuntimeNames.Sample)}({Quote(site)}, new {family}({string.Join(", ", arguments)}));";
    }

    private static string Learned(string name, FamilyParameter parameter)
    {
        var constraint = parameter.Domain is null or RuntimeNames.Real
            ? ""
            : $", global::{RuntimeNames.Distributions}.{RuntimeNames.Constraints}.{parameter.Domain}";
        var initial = parameter.Initial!.Value.ToString("R", CultureInfo.InvariantCulture);
        return $"{Primitive(RuntimeNames.Param)}({Quote(name)}, {initial}f{constraint})";
    }

    private static string Primitive(string name) => $"global::{RuntimeNames.Primitives}.{name}";

    private static string Quote(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Free(string name, HashSet<string> names)
    {
        var free = name;
        for (var number = 2; !names.Add(free); number++)
            free = $"{name}_{number}";
        return free;
    }
}
