using Pyro.Distributions;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>The values that a discrete site goes through when it is enumerated.</summary>
internal sealed class SupportValues
{
    private const int Limit = 1 << 20;

    private readonly Tensor _support;
    private readonly long _elements;

    private SupportValues(Tensor support, long elements, int count, Enumerate how)
    {
        _support = support;
        _elements = elements;
        Count = count;
        How = how;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>How the site goes through them.</summary>
    public Enumerate How { get; }

    /// <summary>Whether they ended with their dispose scope.</summary>
    public bool IsInvalid => _support.IsInvalid;

    /// <summary>The values of a site, which has not acted yet.</summary>
    /// <exception cref="ModelException">There are too many, or the site has a batch that no plate says to be independent.</exception>
    public static SupportValues Of(in Message message, Enumerate how)
    {
        var distribution = PlateShapes.Expand(message.Name, message.Distribution!, message.Plate);
        var batch = distribution.LogProbShape;
        var elements = batch.Aggregate(1L, (product, size) => product * size);
        if (how == Enumerate.LockStep && elements > 0 && batch.Length > (message.Plate?.Depth ?? 0) && batch.Skip(message.Plate?.Depth ?? 0).Any(size => size != 1))
            throw new ModelException(message.Name,
                $"The site '{message.Name}' has a batch of shape {Shapes.Format(batch)} and is enumerated, one value for all of it. " +
                "Put it into an IArange, whose elements are independent, or enumerate it with Enumerate.Full.");
        var support = distribution.EnumerateSupport();
        // Of no elements there is one value, which is empty.
        var count = elements == 0 ? 1 : how == Enumerate.LockStep ? support.Sizes()[0] : Math.Pow(support.Sizes()[0], elements);
        if (count > Limit)
            throw new ModelException(message.Name,
                $"The site '{message.Name}' has {support.Sizes()[0]} values for each of {elements} elements: more combinations than {Limit}. " +
                "Enumerate it in lock-step inside an IArange, or draw it.");
        return new SupportValues(support, elements, (int)count, how);
    }

    /// <summary>A value, of the site's shape.</summary>
    /// <param name="number">Which.</param>
    public Tensor this[int number]
    {
        get
        {
            if (How == Enumerate.LockStep || _elements <= 1)
                return _support[number];
            // The number's digits, in the base of the support's size, are the values of the elements.
            var digits = new long[_elements];
            var values = _support.Sizes()[0];
            for (long rest = number, i = _elements - 1; i >= 0; i--, rest /= values)
                digits[i] = rest % values;
            var shape = _support.Sizes();
            var flat = _support.reshape([values, _elements, -1]);
            var chosen = stack(Enumerable.Range(0, (int)_elements).Select(i => flat[digits[i], i]));
            return chosen.reshape(shape[1..]);
        }
    }
}
