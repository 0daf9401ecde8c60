namespace Pyro;

/// <summary>The type with one value: what a program takes that has no parameter, and what it returns when it returns nothing.</summary>
public readonly struct Unit : IEquatable<Unit>
{
    /// <summary>The value.</summary>
    public static Unit Value => default;

    /// <inheritdoc/>
    public bool Equals(Unit other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Unit;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "()";

    /// <summary>Always true: there is one value.</summary>
    public static bool operator ==(Unit left, Unit right) => true;

    /// <summary>Always false: there is one value.</summary>
    public static bool operator !=(Unit left, Unit right) => false;
}
