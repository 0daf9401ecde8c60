using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Pyro.Distributions;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Programs;

public sealed partial class RunContext
{
    /// <summary>
    /// A vectorised plate: the sites in its block are independent along their leftmost free dimension. With a subsample only some elements are visited,
    /// and log densities are scaled up to the whole.
    /// </summary>
    /// <param name="plate">The plate.</param>
    /// <param name="size">How many elements there are.</param>
    /// <param name="subsampleSize">How many of them to visit, chosen at random without replacement; all where none is given, or what the guide chose.</param>
    /// <param name="subsample">Which of them to visit, chosen by the caller: a long tensor of shape (count). An element that is there twice counts twice.</param>
    /// <returns>The plate's scope; dispose it at the end of the block. <see cref="PlateScope.Indices"/> are the visited elements.</returns>
    /// <exception cref="ModelException">The sizes do not fit together.</exception>
    public PlateScope IArange(Plate plate, long size, long? subsampleSize = null, Tensor? subsample = null)
    {
        CheckIsOutside(plate);
        var (count, indices) = Visited(plate.Name, size, subsampleSize, subsample);
        return Plate = new PlateScope(this, plate, Plate, size, count, indices, iteration: 0);
    }

    /// <summary>
    /// A vectorised plate whose size its first site gives: what its distribution, or its observed value, has along the plate's dimension. Every element is visited, unless the
    /// plate was entered before in the same run: then it is the same again.
    /// </summary>
    /// <param name="plate">The plate.</param>
    /// <returns>The plate's scope; dispose it at the end of the block.</returns>
    /// <exception cref="ModelException">The plate is entered inside of itself.</exception>
    public PlateScope IArange(Plate plate)
    {
        CheckIsOutside(plate);
        return Plate = _plates.TryGetValue(Mangle(plate.Name), out var known)
            ? new PlateScope(this, plate, Plate, known.Size, known.Count, known.Indices, iteration: 0)
            : new PlateScope(this, plate, Plate, size: null, count: 0, indices: null, iteration: 0);
    }

    private void CheckIsOutside(Plate plate)
    {
        for (var scope = Plate; scope is not null; scope = scope.Outer)
            if (scope.Vectorized && scope.Name == plate.Name)
                throw new ModelException(plate.Name, $"The plate '{plate.Name}' is entered inside of itself. Give the inner one a name of its own.");
    }

    // Plates without a size have that of their first site: the outermost first, as those with a size are told of.
    private void GiveSizes(in Message message, PlateScope? scope)
    {
        if (scope is null)
            return;
        GiveSizes(in message, scope.Outer);
        if (scope.IsSized)
            return;
        var size = PlateShapes.SizeOf(in message, scope);
        if (Chosen(Mangle(scope.Name), size, wanted: null).Count is var count && count != size)
            throw new ModelException(scope.Name, $"The plate '{scope.Name}' was entered without a size and has {size} elements, of which the trace that is replayed visits " +
                $"{count}. Give the size, IArange(\"{scope.Name}\", size), and take the elements that {nameof(PlateScope.Indices)} has.");
        scope.Give(size);
    }

    /// <summary>A plate as a loop: the iterations are independent.</summary>
    /// <param name="plate">The plate.</param>
    /// <param name="size">How many elements there are.</param>
    /// <param name="subsampleSize">How many of them to visit, chosen at random without replacement; all where none is given, or what the guide chose.</param>
    /// <param name="subsample">Which of them to visit, chosen by the caller: a long tensor of shape (count). An element that is there twice counts twice.</param>
    /// <returns>The visited elements, one an iteration.</returns>
    /// <exception cref="ModelException">The sizes do not fit together.</exception>
    public IEnumerable<int> IRange(Plate plate, int size, int? subsampleSize = null, Tensor? subsample = null)
    {
        var (count, indices) = Visited(plate.Name, size, subsampleSize, subsample);
        return Iterate(plate, size, count, indices);
    }

    /// <summary>
    /// Enters a loop plate with all its iterations at once, where that gives the same log densities as one after another: the iterations' own numbers lie
    /// along the first dimension, everything else is the same scalar for all, and no handler in place tells the members of a family apart.
    /// Generated code runs the loop as written where it does not.
    /// </summary>
    /// <param name="plate">The plate.</param>
    /// <param name="size">How many elements there are.</param>
    /// <param name="subsampleSize">How many of them to visit, as in <see cref="IRange"/>.</param>
    /// <param name="subsample">Which of them to visit, as in <see cref="IRange"/>.</param>
    /// <param name="families">The sites of the loop's body.</param>
    /// <param name="scalars">What all iterations share; each must be 0-dim.</param>
    /// <param name="rows">What has a number for each iteration; each must have shape (size).</param>
    /// <param name="lengths">The lengths of arrays with a number for each iteration; each must be the size.</param>
    /// <param name="scope">The plate's scope, with the iterations along its dimension.</param>
    /// <returns>Whether the loop runs as one.</returns>
    public bool Batch(
        Plate plate, int size, int? subsampleSize, Tensor? subsample, ReadOnlySpan<Site> families, ReadOnlySpan<Tensor> scalars, ReadOnlySpan<Tensor> rows,
        ReadOnlySpan<int> lengths, [NotNullWhen(true)] out PlateScope? scope)
    {
        scope = null;
        if (Plate is not null || size < 1 || !WeighsAlike)
            return false;
        foreach (var scalar in scalars)
            if (scalar.dim() != 0)
                return false;
        foreach (var row in rows)
            if (row.dim() != 1 || row.Sizes()[0] != size)
                return false;
        if (lengths.ContainsAnyExcept(size))
            return false;
        for (var i = 0; i < _handlerCount; i++)
            foreach (var family in families)
                if (!_handlers[i].TakesFamily(family))
                    return false;
        var (count, indices) = Visited(plate.Name, size, subsampleSize, subsample);
        scope = Plate = new PlateScope(this, plate, null, size, count, indices, iteration: 0, batched: true);
        return true;
    }

    /// <summary>Enters one iteration of a loop plate, or a vectorised plate of which every element is visited, without choosing elements.</summary>
    internal PlateScope Enter(Plate plate, long size, long iteration) => Plate = new PlateScope(this, plate, Plate, size, size, null, iteration);

    internal void LeavePlate(PlateScope scope) => Plate = scope.Outer;

    private IEnumerable<int> Iterate(Plate plate, long size, long count, Tensor? indices)
    {
        var chosen = indices is null ? null : ElementsOf(indices);
        var outer = Plate;
        try
        {
            for (var i = 0; i < count; i++)
            {
                Plate = new PlateScope(this, plate, outer, size, count, indices, i);
                yield return chosen is null ? i : checked((int)chosen[i]);
            }
        }
        finally
        {
            Plate = outer;
        }
    }

    private static long[] ElementsOf(Tensor indices)
    {
        using var numbers = indices.to_type(ScalarType.Int64);
        return numbers.Numbers<long>();
    }

    private (long Count, Tensor? Indices) Visited(string name, long size, long? subsampleSize, Tensor? subsample)
    {
        if (size < 0)
            throw new ModelException(name, $"The plate '{name}' has the size {size}. A size is at least 0.");
        if (subsample is not null)
        {
            var given = subsample.dim() == 1 ? subsample.Sizes()[0] : throw new ModelException(name,
                $"The subsample of plate '{name}' has shape {Shapes.Format(subsample.Sizes())}. Give one long tensor of shape (count).");
            if (subsampleSize is { } asked && asked != given)
                throw new ModelException(name,
                    $"The plate '{name}' has a subsample of {given} elements and a subsample size of {asked}. Give one of the two.");
            return Chosen(Mangle(name), size, given, Checked(name, size, subsample));
        }
        if (subsampleSize is { } wanted && (wanted > size || (wanted < 1 && size > 0)))
            throw new ModelException(name,
                $"The plate '{name}' has {size} elements, so {wanted} of them cannot be visited. Give a subsample size from 1 to {size}.");
        return Chosen(Mangle(name), size, subsampleSize);
    }

    /// <summary>Elements that the caller chose: of the plate, or, on a device, where looking would cost more than the step, taken at the caller's word.</summary>
    private static Tensor Checked(string name, long size, Tensor subsample)
    {
        if (subsample.is_floating_point() || subsample.is_complex() || subsample.dtype == ScalarType.Bool)
            throw new ModelException(name,
                $"The subsample of plate '{name}' has dtype {subsample.dtype}. Give the elements' numbers, as a long tensor.");
        // A conversion always makes a tensor of its own, and the scope that ends it may end before the plate's.
        var indices = subsample.dtype == ScalarType.Int64 ? subsample : subsample.to_type(ScalarType.Int64);
        if (indices.device_type == TorchSharp.DeviceType.CPU)
            foreach (var index in indices.Numbers<long>())
                if (index < 0 || index >= size)
                    throw new ModelException(name,
                        $"The subsample of plate '{name}' has the element {index}, and the plate has {size}: from 0 to {size - 1}. Give elements of the plate.");
        return indices;
    }

    private (long Count, Tensor? Indices) Chosen(string name, long size, long? wanted, Tensor? given = null)
    {
        // A plate that is entered again in the same run visits the same elements.
        if (_plates.TryGetValue(name, out var known))
        {
            if (known.Size != size || (wanted is not null && wanted != known.Wanted && wanted != known.Count))
                throw new ModelException(name,
                    $"The plate '{name}' is entered with {wanted ?? size} of {size} elements and was entered before with {known.Count} of {known.Size}. " +
                    "Give two plates two names.");
            if (given is not null && !Same(given, known.Indices))
                throw new ModelException(name, $"The plate '{name}' is entered with other elements than before in the same run. Give two plates two names.");
            return (known.Count, known.Indices);
        }
        var message = new Message(this, name, SiteKind.Subsample) { PlateSize = size, PlateCount = wanted, Value = given };
        Apply(ref message);
        var count = message.PlateCount!.Value;
        if (_isRunning)
            _plates.Add(name, (size, wanted, count, message.Value));
        return (count, message.Value);
    }

    /// <summary>Whether two choices of elements are the same.</summary>
    internal static bool Same(Tensor a, Tensor? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (b is null || !a.Sizes().AsSpan().SequenceEqual(b.Sizes()))
            return false;
        using var scope = NewDisposeScope();
        return a.eq(b.to(a.device)).all().Number<bool>();
    }

    private void ChooseElements(ref Message message)
    {
        var count = message.PlateCount ??= message.PlateSize;
        if (message.Value is null && count < message.PlateSize)
            message.Value = Subsampling.Draw(message.PlateSize, count, _random.Host);
    }

    /// <summary>Inside a loop plate each iteration chooses its own elements, so their name carries the iterations: a plate "a" in iteration 2 of "o" is "a_2".</summary>
    private string Mangle(string name)
    {
        for (var scope = Plate; scope is not null; scope = scope.Outer)
            if (!scope.Vectorized)
                name += "_" + scope.Iteration.ToString(CultureInfo.InvariantCulture);
        return name;
    }
}
