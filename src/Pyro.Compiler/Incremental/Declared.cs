using System.Text;

namespace Pyro.Compiler.Incremental;

/// <summary>What a file declares at one place, one after another where it is several things.</summary>
internal sealed class Declared
{
    private readonly StringBuilder text = new();
    private readonly HashSet<string> mentioned = new(StringComparer.OrdinalIgnoreCase);
    private string? written;

    /// <summary>The tokens, with what is around them.</summary>
    public string Text => written ??= text.ToString();

    /// <summary>The names in it, of which what it means depends.</summary>
    public IReadOnlyCollection<string> Mentioned => mentioned;

    /// <summary>Adds a text.</summary>
    internal void Write(string more) => text.Append(more).Append('\n');

    /// <summary>Adds names.</summary>
    internal void Mention(IEnumerable<string> names) => mentioned.UnionWith(names);
}
