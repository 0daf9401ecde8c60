namespace Pyro.Analyzers.Flow;

/// <summary>What is known of a distribution without running it.</summary>
/// <param name="name">The name of its class.</param>
/// <param name="isDiscrete">Whether it has a mass function, not a density.</param>
/// <param name="support">Where its values lie, given the parameters that are literals (null for those that are not); null where that is not known.</param>
/// <param name="parameters">The domains of its parameters, in the order of its constructor.</param>
internal sealed class Family(string name, bool isDiscrete, Func<Func<string, double?>, Domain?> support, params (string Name, Domain Domain)[] parameters)
{
    public Family(string name, Domain support, params (string Name, Domain Domain)[] parameters)
        : this(name, support.IsDiscrete, _ => support, parameters)
    {
    }

    public string Name { get; } = name;

    /// <summary>Whether it has a mass function, not a density.</summary>
    public bool IsDiscrete { get; } = isDiscrete;

    public Domain? Support(Func<string, double?> literal) => support(literal);

    /// <summary>Where a parameter must lie; null where there is none of that name.</summary>
    public Domain? DomainOf(string parameter)
    {
        foreach (var known in parameters)
            if (known.Name == parameter)
                return known.Domain;
        return null;
    }
}
