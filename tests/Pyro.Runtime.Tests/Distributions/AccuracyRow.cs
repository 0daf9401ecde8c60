using System.Globalization;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>A number to 40 digits, rounded to double, with its condition number: the sum over its inputs v of |v df/dv|.</summary>
/// <param name="Value">The number.</param>
/// <param name="Condition">The condition number.</param>
internal readonly record struct Exactly(double Value, double Condition);

/// <summary>A point of a family at which a result is known; eng/accuracy-values.py writes them.</summary>
/// <param name="Kind">The result: d log density, e entropy, k divergence.</param>
/// <param name="Inputs">What it is of; single precision holds each.</param>
/// <param name="Result">The result.</param>
/// <param name="Derivatives">Its derivatives by the inputs that have one.</param>
internal sealed record AccuracyRow(char Kind, double[] Inputs, Exactly Result, Exactly[] Derivatives)
{
    /// <summary>The names of a form's inputs, with '!' for one without a derivative, and its rows.</summary>
    public static (string[] Names, AccuracyRow[] Rows) Read(Family form)
    {
        using var reader = form.Exact!.Rows is { } text ? (TextReader)new StringReader(text) : new StreamReader(
            typeof(AccuracyRow).Assembly.GetManifestResourceStream($"accuracy/{form.Name}.txt")
                ?? throw new ArgumentException($"There are no values of {form.Name}: write them with eng/accuracy-values.py.", nameof(form)));
        var names = reader.ReadLine()!.Split(' ');
        var free = names.Count(name => !name.EndsWith('!'));
        var rows = new List<AccuracyRow>();
        while (reader.ReadLine() is { } line)
        {
            var numbers = Array.ConvertAll(line[2..].Split(' '), field => double.Parse(field, CultureInfo.InvariantCulture));
            var inputs = line[0] == 'd' ? names.Length : numbers.Length - 2;
            var derivatives = new Exactly[line[0] == 'd' ? free : 0];
            for (var i = 0; i < derivatives.Length; i++)
                derivatives[i] = new Exactly(numbers[inputs + 2 + 2 * i], numbers[inputs + 3 + 2 * i]);
            rows.Add(new AccuracyRow(line[0], numbers[..inputs], new Exactly(numbers[inputs], numbers[inputs + 1]), derivatives));
        }
        return (names, [.. rows]);
    }
}
