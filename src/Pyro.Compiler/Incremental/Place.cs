namespace Pyro.Compiler.Incremental;

/// <summary>Where a name is declared. Neither name's case counts, as the names of the emitted files have none.</summary>
/// <param name="type">The type whose member it is; null for types, namespaces, and extension methods, which are found without the name of theirs.</param>
/// <param name="name">The name.</param>
internal readonly struct Place(string? type, string name) : IEquatable<Place>
{
    /// <summary>The type whose member it is, if it is found by that.</summary>
    public string? Type => type;

    /// <summary>The name.</summary>
    public string Name => name;

    /// <inheritdoc/>
    public bool Equals(Place other) => StringComparer.OrdinalIgnoreCase.Equals(name, other.Name) && StringComparer.OrdinalIgnoreCase.Equals(type, other.Type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Place other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(name) * 31 + (type is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(type));
}
