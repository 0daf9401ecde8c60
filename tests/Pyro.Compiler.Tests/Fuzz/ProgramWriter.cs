using System.Text;

namespace Pyro.Compiler.Tests.Fuzz;

/// <summary>
/// Writes random models: sites, branches and loops on what they drew, plates, loops that can run as one, lists and objects under several names, static state,
/// exceptions, functions and calls of other models, nested in any way.
/// </summary>
internal sealed class ProgramWriter
{
    private readonly Random _random;
    private readonly StringBuilder _text = new();
    private readonly List<string> _variables = [];
    private readonly List<string> _lists = [];
    private readonly List<string> _functions = [];
    private readonly List<string> _boxes = [];
    private readonly List<string> _indices = [];
    private readonly List<bool> _breakable = [];
    private int _names;
    private int _depth = 2;
    private int _budget = 14;

    private ProgramWriter(int seed) => _random = new Random(seed);

    /// <summary>A class with a model, and with another one that it may call.</summary>
    public static string Write(int seed)
    {
        var writer = new ProgramWriter(seed);
        writer.Line($"internal static partial class Fuzz{seed}");
        writer.Line("{");
        writer.Line("    [Model]");
        writer.Line("    internal static Tensor Other(Tensor a, int n) => Sample(\"other\", new Normal(a * n, 1));");
        writer.Line("");
        writer.Line("    private sealed class Box { public Tensor Value = tensor(0f); }");
        writer.Line("");
        writer.Line("    private static readonly float[] data = [0.5f, -1f, 2f];");
        writer.Line("    private static Tensor kept = tensor(0f);");
        writer.Line("");
        writer.Line("    private static void Keep(Tensor value) => kept = value;");
        writer.Line("");
        writer.Line("    private static Tensor Kept() => kept;");
        writer.Line("");
        writer.Line("    private static void Check(Tensor value) { if (value.item<float>() > 0.5f) throw new InvalidOperationException(); }");
        writer.Line("");
        writer.Line("    [Model]");
        writer.Line("    internal static Tensor Model()");
        writer.Line("    {");
        writer.Line("        kept = tensor(0f);");
        writer.Line("        var v0 = Sample(\"s0\", new Normal(0, 1));");
        writer.Line("        var v1 = tensor(0.5f);");
        writer.Line("        var count = 0;");
        writer._variables.AddRange(["v0", "v1"]);
        writer._names = 2;
        while (writer._budget > 0)
            writer.Statement();
        writer.Line($"        return Sample(\"end\", new Normal({writer.Value()} + count, 1));");
        writer.Line("    }");
        writer.Line("}");
        return writer._text.ToString();
    }

    private void Statement()
    {
        _budget--;
        switch (_random.Next(_depth > 5 ? 9 : 21))
        {
            case 0 or 1:
                Declare(Site());
                break;
            case 2:
                Line($"Observe({Name()}, new Normal({Value()}, 1), tensor({_random.Next(-2, 3)}f));");
                break;
            case 3:
                Line($"{Pick(_variables)} = {Value()};");
                break;
            case 4:
                Line("count++;");
                break;
            case 5:
                if (_lists.Count > 1 && _random.Next(4) == 0)
                    Line($"({Condition()} ? {Pick(_lists)} : {Pick(_lists)}).Add({Value()});");
                else if (_lists.Count > 0 && _random.Next(2) == 0)
                    Line($"{Pick(_lists)}.Add({Value()});");
                else
                {
                    var list = $"l{_names++}";
                    Line($"var {list} = {(_lists.Count > 0 && _random.Next(2) == 0 ? Pick(_lists) : $"new List<Tensor> {{ {Value()} }}")};");
                    _lists.Add(list);
                }
                break;
            case 6:
                if (_breakable.Count > 0 && _random.Next(2) == 0)
                    Line($"if ({Condition()}) {(_breakable[^1] && _random.Next(3) > 0 ? _random.Next(2) == 0 ? "break" : "continue" : "return " + Value())};");
                else
                    Declare(Value());
                break;
            case 7:
                if (_boxes.Count > 0 && _random.Next(2) == 0)
                    Line($"{Pick(_boxes)}.Value = {Value()};");
                else
                {
                    var box = $"b{_names++}";
                    Line($"var {box} = {(_boxes.Count > 0 && _random.Next(2) == 0 ? Pick(_boxes) : "new Box()")};");
                    _boxes.Add(box);
                }
                break;
            case 8:
                Line(_random.Next(2) == 0 ? $"Keep({Value()});" : $"kept = {Value()};");
                break;
            case 9 or 10:
                Line($"if ({Condition()})");
                Inside();
                if (_random.Next(2) == 0)
                {
                    Line("else");
                    Inside();
                }
                break;
            case 11:
                Round($"for (var i{_names} = 0; i{_names} < {_random.Next(1, 4)}; i{_names}++)");
                break;
            case 12:
                Round($"foreach (var i{_names} in IRange(\"r{_names}\", {_random.Next(1, 4)}))");
                break;
            case 13:
                Round($"for (var i{_names} = 0; i{_names} < 2 && {Condition()}; i{_names}++)");
                break;
            case 14:
                Line($"var i{_names} = 0;");
                Round($"while (i{_names}++ < 2 && {Condition()})");
                break;
            case 15:
                Together();
                break;
            case 16:
                Line("try");
                Line("{");
                Line($"    Check({Atom()});");
                Inside();
                Line("}");
                Line("catch (InvalidOperationException)");
                Inside();
                if (_random.Next(2) == 0)
                {
                    Line("finally");
                    Line("{");
                    Line($"    Observe({Name()}, new Normal({Atom()}, 1), tensor(1f));");
                    Line("}");
                }
                break;
            case 17:
                var inPlate = $"v{_names++}";
                Line($"var {inPlate} = {Atom()};");
                Line($"using (IArange(\"p{_names++}\", {_random.Next(1, 3)}))");
                Line($"    {inPlate} = Sample({Name()}, new Normal({Atom()}, 1)).sum();");
                _variables.Add(inPlate);
                break;
            case 18:
                Line($"Tensor f{_names}(Tensor x) => {(_random.Next(2) == 0 ? Pick(_variables) : "x * 0.5f")} + x;");
                _functions.Add($"f{_names++}");
                break;
            case 19:
                Line($"Action<Tensor> f{_names} = x => {Pick(_variables)} = x;");
                Line($"f{_names++}({Value()});");
                break;
            default:
                if (_indices.Count == 0 && !_text.ToString().Contains("= Other(", StringComparison.Ordinal))
                    Declare($"Other({Value()}, {_random.Next(1, 3)})");
                else
                {
                    Line($"switch ((int){Value()}.item<float>())");
                    Line("{");
                    Line("    case 0:");
                    Inside();
                    Line("    break;");
                    Line("    default:");
                    Inside();
                    Line("    break;");
                    Line("}");
                }
                break;
        }
    }

    private void Declare(string value)
    {
        Line($"var v{_names} = {value};");
        _variables.Add($"v{_names++}");
    }

    // A loop that may run as one: declarations and sites of single numbers.
    private void Together()
    {
        var index = $"i{_names++}";
        Line($"foreach (var {index} in IRange(\"r{_names++}\", data.Length))");
        Line("{");
        _indices.Add(index);
        var (atom, mean) = (Atom(), Atom());
        var (drawn, scaled) = ($"v{_names++}", $"v{_names++}");
        Line($"    var {drawn} = Sample({Name()}, new Normal({mean}{(_random.Next(2) == 0 ? $" * data[{index}]" : "")}, 1));");
        Line($"    {(_random.Next(2) == 0 ? "var" : "float")} {scaled} = data[{index}] / 2;");
        Line($"    Observe({Name()}, new Normal({(_random.Next(2) == 0 ? drawn : atom)} + {scaled}, exp({drawn}.tanh())), data[{index}]);");
        _indices.RemoveAt(_indices.Count - 1);
        Line("}");
    }

    private void Round(string head)
    {
        var index = $"i{_names++}";
        Line(head);
        _indices.Add(index);
        _breakable.Add(true);
        Inside();
        _breakable.RemoveAt(_breakable.Count - 1);
        _indices.RemoveAt(_indices.Count - 1);
    }

    private void Inside()
    {
        var (variables, lists, functions, boxes) = (_variables.Count, _lists.Count, _functions.Count, _boxes.Count);
        Line("{");
        _depth++;
        for (var i = _random.Next(1, 4); i > 0; i--)
            Statement();
        _depth--;
        Line("}");
        _variables.RemoveRange(variables, _variables.Count - variables);
        _lists.RemoveRange(lists, _lists.Count - lists);
        _functions.RemoveRange(functions, _functions.Count - functions);
        _boxes.RemoveRange(boxes, _boxes.Count - boxes);
    }

    private string Site() => _random.Next(3) == 0
        ? $"Sample({Name()}, new Bernoulli({Value()}.sigmoid()))"
        : $"Sample({Name()}, new Normal({Value()}, {(_random.Next(4) == 0 ? $"exp({Value()}.tanh())" : "1")}))";

    // Every loop around is in the name: no site of a run has another one's.
    private string Name() => $"${'"'}s{_names++}{string.Concat(_indices.Select(index => $"_{{{index}}}"))}{'"'}";

    private string Condition() => _random.Next(5) switch
    {
        0 => "count < 2",
        1 when _lists.Count > 0 => $"{Pick(_lists)}.Count > 1",
        2 => $"{Atom()}.item<float>() > 0 && {Atom()}.item<float>() < 1",
        _ => $"{Atom()}.item<float>() > 0",
    };

    private string Value() => _random.Next(11) switch
    {
        0 => $"({Atom()} + {Atom()})",
        1 => $"({Condition()} ? {Atom()} : {Atom()})",
        2 when _lists.Count > 0 => $"{Pick(_lists)}[^1]",
        3 when _functions.Count > 0 => $"{Pick(_functions)}({Atom()})",
        4 => $"({Atom()} * 0.5f).tanh()",
        5 => $"({Atom()} is var p{_names++} ? p{_names - 1} : v0)",
        6 when _depth < 4 => Site(),
        7 when _boxes.Count > 0 => $"{Pick(_boxes)}.Value",
        8 => _random.Next(2) == 0 ? "kept" : "Kept()",
        _ => Atom(),
    };

    private string Atom() => _random.Next(5) == 0 ? $"tensor({_random.Next(-1, 2)}f)" : Pick(_variables);

    private string Pick(List<string> from) => from[_random.Next(from.Count)];

    private void Line(string line) => _text.Append(' ', 4 * _depth).Append(line).Append('\n');
}
