using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Catalog;

/// <summary>A parameter of the constructors of a family, with what its attributes say.</summary>
public sealed class FamilyParameter
{
    /// <param name="same">The parameters of its name.</param>
    internal FamilyParameter(IGrouping<string, IParameterSymbol> same)
    {
        Name = same.Key;
        foreach (var attribute in same.SelectMany(parameter => parameter.GetAttributes()))
            switch (attribute.AttributeClass?.FullName())
            {
                case RuntimeNames.DomainAttribute:
                    (Domain, Bounds) = (Family.Text(attribute, 0), Family.Texts(attribute, 1));
                    Initial = attribute.NamedArguments.Where(argument => argument.Key == nameof(Initial))
                        .Select(argument => argument.Value.Value as double?).FirstOrDefault() ?? Initial;
                    break;
                case RuntimeNames.SupportAttribute:
                    Support = Family.Text(attribute, 0);
                    break;
            }
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where an argument must lie, by its name in Constraints; null where nothing is said.</summary>
    public string? Domain { get; }

    /// <summary>The other parameters that the domain's own parameters are.</summary>
    internal string[] Bounds { get; } = [];

    /// <summary>Where a learned parameter of a mean-field guide begins; null where a guide leaves it out.</summary>
    public double? Initial { get; }

    /// <summary>Of a boolean: the support where it is true.</summary>
    public string? Support { get; }
}
