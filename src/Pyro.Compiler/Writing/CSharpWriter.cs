using System.Text;

namespace Pyro.Compiler.Writing;

/// <summary>Writes lines at a depth; a block ends when the result of <see cref="Block"/> is disposed.</summary>
internal sealed class CSharpWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>What a line begins with.</summary>
    public string Indent => new(' ', 4 * depth);

    public void Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', 4 * depth).Append(line);
        text.Append('\n');
    }

    /// <summary>Writes text as it is, from the first column.</summary>
    public void Raw(string raw) => text.Append(raw).Append('\n');

    public IDisposable Block(string header)
    {
        Line(header);
        Line("{");
        depth++;
        return new End(this);
    }

    public override string ToString() => text.ToString();

    private sealed class End(CSharpWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            writer.Line("}");
        }
    }
}
