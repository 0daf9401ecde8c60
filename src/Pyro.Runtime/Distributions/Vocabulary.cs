namespace Pyro.Distributions;

/// <summary>Values of any type with their numbers.</summary>
/// <typeparam name="T">The values' type; its equality tells them apart.</typeparam>
internal sealed class Vocabulary<T> where T : notnull
{
    private const int Named = 12;

    private readonly Dictionary<T, long> _numbers;

    /// <summary>Numbers the values, in their order from 0.</summary>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">One is there twice.</exception>
    public Vocabulary(IReadOnlyList<T> values)
    {
        Values = [.. values];
        _numbers = new Dictionary<T, long>(values.Count);
        foreach (var value in Values)
            if (!_numbers.TryAdd(value, _numbers.Count))
                throw new ArgumentException($"The value {value} is there twice. Add up its probabilities.", "vs");
    }

    /// <summary>The values.</summary>
    public IReadOnlyList<T> Values { get; }

    /// <summary>The value of a number.</summary>
    /// <exception cref="ArgumentException">There is no such number.</exception>
    public T At(long number) => number >= 0 && number < Values.Count
        ? Values[(int)number]
        : throw new ArgumentException($"There is no value with the number {number}: there are {Values.Count}, from 0.", nameof(number));

    /// <summary>The number of a value; null for one that is not there.</summary>
    public long? Find(T value) => _numbers.TryGetValue(value, out var number) ? number : null;

    /// <summary>The number of a value.</summary>
    /// <exception cref="ArgumentException">It is not there.</exception>
    public long NumberOf(T value) => Find(value) ?? throw new ArgumentException($"{value} is not {this}.", nameof(value));

    public override string ToString() =>
        $"one of {string.Join(", ", Values.Take(Named))}{(Values.Count > Named ? $", … ({Values.Count} values)" : "")}";
}
