namespace Pyro.Compiler.Incremental;

/// <summary>What is declared under each name and in each type of some files, to find all that a text can lead to.</summary>
internal sealed class DeclarationIndex(IReadOnlyCollection<SourceDeclarations> sources)
{
    private readonly ILookup<string, KeyValuePair<Place, Declared>> named =
        sources.SelectMany(source => source.Places).ToLookup(place => place.Key.Name, StringComparer.OrdinalIgnoreCase);

    private readonly ILookup<string, KeyValuePair<Place, Declared>> members =
        sources.SelectMany(source => source.Places).Where(place => place.Key.Type is not null).ToLookup(place => place.Key.Type!, StringComparer.OrdinalIgnoreCase);

    /// <summary>Some names, those in the declarations that they lead to, and so on. A member is found where both its name and its type's are.</summary>
    public HashSet<string> Reach(IEnumerable<string> names)
    {
        var reach = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase) { SourceDeclarations.Unspoken };
        var open = new Stack<string>(reach);
        while (open.Count > 0)
        {
            var name = open.Pop();
            var found = named[name].Where(place => place.Key.Type is null || reach.Contains(place.Key.Type))
                .Concat(members[name].Where(place => reach.Contains(place.Key.Name)));
            foreach (var further in found.SelectMany(place => place.Value.Mentioned))
                if (reach.Add(further))
                    open.Push(further);
        }
        return reach;
    }
}
