using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Analysis;

/// <summary>What reaches each variable at one place of the program; null stands for a place that control does not come to.</summary>
internal sealed class Variables : IEquatable<Variables>
{
    private const string OfThis = VariableNames.This + ".";

    private readonly Dictionary<string, Reach> reached;
    private readonly IReadOnlyDictionary<string, string[]> aliases;

    /// <param name="aliases">The variables that a change of one may show in.</param>
    public Variables(IReadOnlyDictionary<string, string[]> aliases) : this([], aliases) { }

    private Variables(Dictionary<string, Reach> reached, IReadOnlyDictionary<string, string[]> aliases) => (this.reached, this.aliases) = (reached, aliases);

    /// <summary>What reaches a variable. All fields reach the object, and what reached the object as a whole, each field.</summary>
    public Reach this[string variable]
    {
        get
        {
            if (variable == VariableNames.This)
                return reached.Where(entry => entry.Key == VariableNames.This || IsField(entry.Key)).Aggregate(Reach.None, (all, entry) => all.With(entry.Value));
            var own = Of(variable);
            return IsField(variable) ? own.With(Of(VariableNames.This)) : own;
        }
    }

    /// <summary>The variable holds this and nothing else.</summary>
    public void Set(string variable, Reach value)
    {
        // A reference is given another value, or what it refers to.
        if (aliases.TryGetValue(variable, out var group) && Aliases.AreReferences(group))
            Add(variable, value);
        else
            reached[variable] = value;
    }

    /// <summary>The variable, and all that may be one with it, hold this as well.</summary>
    public void Add(string variable, Reach value)
    {
        foreach (var name in aliases.TryGetValue(variable, out var group) ? group : [variable])
            reached[name] = Of(name).With(value);
    }

    /// <summary>The state behind the end of a round of the loop at this depth.</summary>
    public void Leave(int depth)
    {
        foreach (var name in reached.Keys.ToList())
            reached[name] = reached[name].Leaving(depth);
    }

    public Variables Copy() => new(new Dictionary<string, Reach>(reached), aliases);

    /// <summary>The state where two ways meet.</summary>
    public static Variables? Meet(Variables? one, Variables? other)
    {
        if (one is null || other is null)
            return one?.Copy() ?? other?.Copy();
        var both = one.Copy();
        foreach (var entry in other.reached)
            both.reached[entry.Key] = both.Of(entry.Key).With(entry.Value);
        return both;
    }

    public bool Equals(Variables? other) => other is not null && reached.Keys.Concat(other.reached.Keys).All(name => Of(name).Equals(other.Of(name)));

    public override bool Equals(object? obj) => Equals(obj as Variables);

    public override int GetHashCode() => 0;

    private Reach Of(string variable) => reached.TryGetValue(variable, out var value) ? value : Reach.None;

    private static bool IsField(string variable) => variable.StartsWith(OfThis, StringComparison.Ordinal);
}
