namespace Pyro.Compiler.Incremental;

/// <summary>The places at which two sets of declarations differ; null where all may.</summary>
internal sealed class DeclarationDifference(IReadOnlyList<Place>? places)
{
    /// <summary>A difference that everything may depend on.</summary>
    public static DeclarationDifference Whole { get; } = new(null);

    /// <summary>Whether there is none.</summary>
    public bool IsNone => places is { Count: 0 };

    /// <summary>The difference between two runs of files among others that are the same.</summary>
    /// <param name="before">The files of the one set that have no equals at their place in the other.</param>
    /// <param name="after">Those of the other set.</param>
    /// <param name="others">The files that are the same.</param>
    public static DeclarationDifference Between(IReadOnlyList<SourceDeclarations> before, IReadOnlyList<SourceDeclarations> after, IReadOnlyList<SourceDeclarations> others)
    {
        if (!Texts(before, source => source.Everywhere).SequenceEqual(Texts(after, source => source.Everywhere)))
            return Whole;
        var places = before.Concat(after).SelectMany(source => source.Places.Keys).Distinct().Where(place => !Texts(before, At(place)).SequenceEqual(Texts(after, At(place))));
        // A namespace is there as long as one file has it.
        var spaces = new HashSet<string>(before.SelectMany(source => source.Namespaces));
        spaces.SymmetricExceptWith(after.SelectMany(source => source.Namespaces));
        spaces.RemoveWhere(space => others.Any(source => source.Namespaces.Contains(space)));
        return new([.. places, .. spaces.Select(space => new Place(null, space.Substring(space.LastIndexOf('.') + 1)))]);
    }

    /// <summary>Whether bodies that can reach some names mean on both sides the same.</summary>
    public bool Spares(HashSet<string> reach) => places is not null && !places.Any(place => reach.Contains(place.Name) && (place.Type is null || reach.Contains(place.Type)));

    private static IEnumerable<string> Texts(IReadOnlyList<SourceDeclarations> sources, Func<SourceDeclarations, string?> text) =>
        sources.Select(text).Where(text => !string.IsNullOrEmpty(text)).OfType<string>();

    private static Func<SourceDeclarations, string?> At(Place place) => source => source.Places.TryGetValue(place, out var declared) ? declared.Text : null;
}
