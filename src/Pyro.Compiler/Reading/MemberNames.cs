using System.Text;

namespace Pyro.Compiler.Reading;

/// <summary>Members of generated classes, named for sites or plates: a number tells two apart only where they would have one name.</summary>
/// <param name="fallback">What the name of a member begins with where letters are missing.</param>
/// <param name="taken">Names that members cannot have.</param>
internal sealed class MemberNames(string fallback, IEnumerable<string> taken)
{
    // What every class has, and what those with the members have or speak of.
    private readonly HashSet<string> used =
    [
        "Equals", "Finalize", "Get", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "Set", "SiteKind", "ToString", ProgramNames.SpanMethod, .. taken,
    ];

    /// <summary>The member for a name, of a family for what stands before its indices: an identifier that people recognise it in.</summary>
    /// <param name="name">The name.</param>
    /// <param name="number">What tells it from an earlier one.</param>
    public string Of(string name, int number)
    {
        var member = Letters(name.Split('{')[0]);
        if (used.Add(member))
            return member;
        member = $"{member}_{number}";
        while (!used.Add(member))
            member += "_";
        return member;
    }

    private string Letters(string name)
    {
        var letters = new StringBuilder();
        var upper = true;
        foreach (var character in name)
        {
            if (character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                letters.Append(upper ? char.ToUpperInvariant(character) : character);
                upper = false;
            }
            else
                upper = true;
        }
        if (letters.Length == 0 || char.IsDigit(letters[0]))
            letters.Insert(0, fallback);
        return letters.ToString();
    }
}
