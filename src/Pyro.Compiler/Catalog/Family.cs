using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Catalog;

/// <summary>What a class of distributions says of itself by its attributes: ours, and everybody else's.</summary>
public sealed class Family
{
    private static readonly ConditionalWeakTable<INamedTypeSymbol, StrongBox<Family?>> _known = new();

    private readonly INamedTypeSymbol? _constraints;
    private readonly string[] _bounds;

    private Family(INamedTypeSymbol type, AttributeData declared)
    {
        _constraints = declared.AttributeClass!.ContainingNamespace.GetTypeMembers(RuntimeNames.Constraints).FirstOrDefault();
        (Name, Support, _bounds) = (type.Name, Text(declared, 0) ?? "", Texts(declared, 1));
        foreach (var argument in declared.NamedArguments)
            switch (argument.Key)
            {
                case nameof(EventRank):
                    EventRank = argument.Value.Value as int? ?? 0;
                    break;
                case nameof(Reparameterized):
                    Reparameterized = argument.Value.Value is true;
                    break;
                case nameof(Enumerable):
                    Enumerable = argument.Value.Value is true;
                    break;
                case nameof(MeanField):
                    MeanField = argument.Value.Value is true;
                    break;
                case "Discrete":
                    IsDiscrete = argument.Value.Value is true;
                    break;
            }
        if (Support.Length > 0)
            IsDiscrete = Member(Support) is { } member && Constraint.Of(member, _ => 0)?.IsDiscrete == true;
        Parameters = [.. type.InstanceConstructors.SelectMany(constructor => constructor.Parameters)
            .GroupBy(parameter => parameter.Name).Select(same => new FamilyParameter(same))];
    }

    /// <summary>The name of the class.</summary>
    public string Name { get; }

    /// <summary>The support by its name in Constraints; empty where the arguments decide what it is.</summary>
    public string Support { get; }

    /// <summary>How many of the last dimensions belong to one draw.</summary>
    public int EventRank { get; }

    /// <summary>Whether gradients flow through samples, unless an argument says that they do not.</summary>
    public bool Reparameterized { get; }

    /// <summary>Whether the support is finite and can be enumerated.</summary>
    public bool Enumerable { get; }

    /// <summary>Whether it stands for its support in a mean-field guide.</summary>
    public bool MeanField { get; }

    /// <summary>Whether it has a mass function, not a density; null where the arguments decide.</summary>
    public bool? IsDiscrete { get; }

    /// <summary>The parameters of its constructors.</summary>
    public IReadOnlyList<FamilyParameter> Parameters { get; }

    /// <summary>Whether a parameter is a vector for each draw: a probability for each outcome.</summary>
    public bool TakesVectors => Parameters.Any(parameter => DomainOf(parameter.Name, _ => null)?.Rank == 1);

    /// <summary>What a class says of itself; null for one that says nothing.</summary>
    public static Family? Of(ITypeSymbol? type) =>
        type is INamedTypeSymbol named ? _known.GetValue(named.OriginalDefinition, Read).Value : null;

    private static StrongBox<Family?> Read(INamedTypeSymbol type)
    {
        var declared = type.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.FullName() == RuntimeNames.FamilyAttribute);
        return new(declared is null ? null : new Family(type, declared));
    }

    /// <summary>Where its values lie; null where that is not known.</summary>
    /// <param name="literal">The argument for a parameter, where it is a known number.</param>
    /// <param name="isSet">Whether the argument for a boolean parameter is true; null where that is not known.</param>
    public Constraint? SupportOf(Func<string, double?> literal, Func<string, bool?> isSet) =>
        Set(SupportName(isSet), _bounds, literal);

    /// <summary>The support by its name in Constraints; empty where it is not known.</summary>
    /// <param name="isSet">Whether the argument for a boolean parameter is true; null where that is not known.</param>
    public string SupportName(Func<string, bool?> isSet)
    {
        foreach (var parameter in Parameters)
            if (parameter.Support is { } other && isSet(parameter.Name) is not false)
                return isSet(parameter.Name) is true ? other : "";
        return Support;
    }

    /// <summary>The family beside this one that a mean-field guide has for sites of a support; null where there is none.</summary>
    /// <param name="support">The support.</param>
    public INamedTypeSymbol? MeanFieldFor(Constraint support) => _constraints?.ContainingNamespace.GetTypeMembers()
        .FirstOrDefault(type => Of(type) is { MeanField: true } family && family.SupportOf(_ => null, _ => false)?.IsSame(support) == true);

    /// <summary>Where an argument must lie; null where nothing is said of it.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="literal">The argument for another parameter, where it is a known number.</param>
    public Constraint? DomainOf(string parameter, Func<string, double?> literal) =>
        Parameters.FirstOrDefault(known => known.Name == parameter) is { Domain: { } domain } found
            ? Set(domain, found.Bounds, literal)
            : null;

    // An argument of an attribute that is text; while somebody types it may be anything, or not there.
    internal static string? Text(AttributeData attribute, int index) =>
        attribute.ConstructorArguments.ElementAtOrDefault(index) is { Kind: TypedConstantKind.Primitive, Value: string text } ? text : null;

    internal static string[] Texts(AttributeData attribute, int index) =>
        attribute.ConstructorArguments.ElementAtOrDefault(index) is { Kind: TypedConstantKind.Array, IsNull: false, Values: var values }
            ? [.. values.Select(value => value.Value).OfType<string>()]
            : [];

    private Constraint? Set(string name, string[] bounds, Func<string, double?> literal) =>
        Member(name) is { } member
            ? Constraint.Of(member, parameter => parameter.Ordinal < bounds.Length ? literal(bounds[parameter.Ordinal]) : null)
            : null;

    private ISymbol? Member(string name) => _constraints?.GetMembers(name).FirstOrDefault();
}
