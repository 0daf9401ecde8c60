namespace Pyro.Programs;

/// <summary>The values of a family's members, by their loop indices.</summary>
/// <typeparam name="T">Their type: a tensor, or what the distribution is over.</typeparam>
/// <param name="values">The values of the program.</param>
/// <param name="family">The family.</param>
public readonly struct FamilyValues<T>(SiteValues values, Site family) where T : notnull
{
    /// <summary>The value of a member.</summary>
    /// <param name="i0">The loop index.</param>
    /// <exception cref="KeyNotFoundException">It has no value.</exception>
    public T this[long i0]
    {
        get => values.Get<T>(family.At(i0).Name);
        set => values.Set(family.At(i0).Name, value);
    }

    /// <summary>The value of a member of a family with two indices.</summary>
    /// <param name="i0">The first loop index of the name.</param>
    /// <param name="i1">The second.</param>
    /// <exception cref="KeyNotFoundException">It has no value.</exception>
    public T this[long i0, long i1]
    {
        get => values.Get<T>(family.At(i0, i1).Name);
        set => values.Set(family.At(i0, i1).Name, value);
    }

    /// <summary>The value of a member of a family with three indices.</summary>
    /// <param name="i0">The first loop index of the name.</param>
    /// <param name="i1">The second.</param>
    /// <param name="i2">The third.</param>
    /// <exception cref="KeyNotFoundException">It has no value.</exception>
    public T this[long i0, long i1, long i2]
    {
        get => values.Get<T>(family.At(i0, i1, i2).Name);
        set => values.Set(family.At(i0, i1, i2).Name, value);
    }
}
