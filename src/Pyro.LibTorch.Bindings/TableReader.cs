using System.Text;

namespace Pyro.LibTorch.Bindings;

/// <summary>Reads the lines of a table: macro calls with nested parentheses and strings, and // comments.</summary>
internal sealed class TableReader
{
    private readonly List<Operation> operations = new();
    private readonly List<Alias> aliases = new();
    private readonly List<Element> elements = new();

    private TableReader()
    {
    }

    public IReadOnlyList<Operation> Operations => operations;

    public IReadOnlyList<Alias> Aliases => aliases;

    public IReadOnlyList<Element> Elements => elements;

    public static TableReader Read(string text)
    {
        var reader = new TableReader();
        var position = 0;
        while (NextCall(text, ref position) is { } call)
            reader.Add(call.Macro, call.Arguments);
        return reader;
    }

    private void Add(string macro, List<string> arguments)
    {
        switch (macro)
        {
            case "ALIAS":
                aliases.Add(new Alias(arguments[0], arguments[1]));
                break;
            case "ELEMENT":
                elements.Add(new Element(arguments[0], arguments[1], Unquote(arguments[2])));
                break;
            case "UNARY":
                var self = new[] { new Parameter("T", "self", null) };
                operations.Add(new Operation("FN", "T", arguments[0], self, Unquote(arguments[1])));
                operations.Add(new Operation("FN", "Self", arguments[0] + "_", self, InPlace(Unquote(arguments[1]))));
                break;
            case "FACTORY":
                operations.Add(new Operation(macro, "T", arguments[0], ParametersOf(arguments[1]), Unquote(arguments[2])));
                break;
            default:
                operations.Add(new Operation(macro, arguments[0], arguments[1], ParametersOf(arguments[2]), Unquote(arguments[3])));
                break;
        }
    }

    private static string InPlace(string documentation) => documentation.TrimEnd('.') + ", in place.";

    private static string Unquote(string literal) => literal.Trim().Trim('"');

    private static List<Parameter> ParametersOf(string list)
    {
        var result = new List<Parameter>();
        foreach (var item in Split(list.Trim().Substring(1, list.Trim().Length - 2)))
        {
            var parts = item.Split('=');
            var words = parts[0].Trim().Split(' ');
            result.Add(new Parameter(words[0], words[words.Length - 1], parts.Length > 1 ? parts[1].Trim() : null));
        }
        return result;
    }

    private static (string Macro, List<string> Arguments)? NextCall(string text, ref int position)
    {
        while (position < text.Length)
        {
            if (text[position] == '/' && position + 1 < text.Length && text[position + 1] == '/')
            {
                var end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end + 1;
            }
            else if (char.IsLetter(text[position]))
            {
                var open = text.IndexOf('(', position);
                var macro = text.Substring(position, open - position).Trim();
                var close = Matching(text, open);
                position = close + 1;
                return (macro, Split(text.Substring(open + 1, close - open - 1)));
            }
            else
            {
                position++;
            }
        }
        return null;
    }

    private static int Matching(string text, int open)
    {
        var depth = 0;
        var quoted = false;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == '"' && text[i - 1] != '\\')
                quoted = !quoted;
            if (quoted)
                continue;
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')' && --depth == 0)
                return i;
        }
        throw new FormatException($"An unclosed parenthesis in: {text.Substring(open, Math.Min(60, text.Length - open))}");
    }

    private static List<string> Split(string list)
    {
        var result = new List<string>();
        var item = new StringBuilder();
        var depth = 0;
        var quoted = false;
        foreach (var c in list)
        {
            if (c == '"')
                quoted = !quoted;
            if (!quoted)
                depth += c is '(' or '{' or '[' ? 1 : c is ')' or '}' or ']' ? -1 : 0;
            if (c == ',' && depth == 0 && !quoted)
            {
                result.Add(item.ToString().Trim());
                item.Clear();
            }
            else
            {
                item.Append(c);
            }
        }
        if (item.ToString().Trim().Length > 0)
            result.Add(item.ToString().Trim());
        return result;
    }
}
