using System.Text.RegularExpressions;

namespace Pyro.Analyzers.Tests.Catalogue;

/// <summary>A page of docs/diagnostics: a heading with the id, a severity, a cause, wrong and right examples.</summary>
internal sealed partial class Page(string id)
{
    private readonly string _text = Repository.Read($"docs/diagnostics/{id}.md");

    public string Heading => _text[.._text.IndexOf('\n')];

    /// <summary>The line under the heading: the severity and, where there is one, the fix.</summary>
    public string Summary => _text.Split('\n')[2];

    public IEnumerable<string> Headings => _text.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal));

    /// <summary>The examples under a heading.</summary>
    public IEnumerable<string> Examples(string heading)
    {
        var start = _text.IndexOf($"## {heading}\n", StringComparison.Ordinal);
        var end = _text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return Code().Matches(end < 0 ? _text[start..] : _text[start..end]).Select(match => match.Groups["code"].Value);
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
