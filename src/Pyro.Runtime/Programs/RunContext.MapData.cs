using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Programs;

public sealed partial class RunContext
{
    /// <summary>
    /// Calls a function once with a batch of the data, in a vectorised plate over one of its dimensions. Sites in a plate have its elements along their first dimension: where
    /// the data has them along another, <c>movedim</c> the batch before it is observed.
    /// </summary>
    /// <typeparam name="TResult">What the function gives.</typeparam>
    /// <param name="name">The plate's name.</param>
    /// <param name="data">The data.</param>
    /// <param name="body">The function: it is given the indices of the batch, of shape (batch size), and the batch.</param>
    /// <param name="batchSize">How many elements are in a batch, chosen at random without replacement; all where none is given, or what the guide chose.</param>
    /// <param name="batchDim">The dimension of the data that the elements lie along; from −1 downwards, counted from the last.</param>
    /// <exception cref="ModelException">The sizes do not fit together, or the data has no such dimension.</exception>
    public TResult MapData<TResult>(string name, Tensor data, Func<Tensor, Tensor, TResult> body, long? batchSize = null, int batchDim = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        var dimension = batchDim < 0 ? data.dim() + batchDim : batchDim;
        if (dimension < 0 || dimension >= data.dim())
            throw new ModelException(name,
                $"The data of '{name}' has shape {Shapes.Format(data.Sizes())} and no dimension {batchDim} for its elements to lie along. Give it one, or say which.");
        using var plate = IArange(new Plate(name, vectorized: true), data.Sizes()[dimension], batchSize);
        return body(plate.Indices, plate.Each(data, dimension));
    }

    /// <inheritdoc cref="MapData{TResult}(string, Tensor, Func{Tensor, Tensor, TResult}, long?, int)"/>
    public void MapData(string name, Tensor data, Action<Tensor, Tensor> body, long? batchSize = null, int batchDim = 0) =>
        MapData<Unit>(name, data, (indices, batch) => { body(indices, batch); return default; }, batchSize, batchDim);

    /// <summary>Calls a function with each element of the data, or of a batch of it, in a loop plate.</summary>
    /// <typeparam name="T">The elements.</typeparam>
    /// <typeparam name="TResult">What the function gives.</typeparam>
    /// <param name="name">The plate's name.</param>
    /// <param name="data">The data.</param>
    /// <param name="body">The function: it is given an index and the element there.</param>
    /// <param name="batchSize">How many elements are visited, chosen at random without replacement; all where none is given, or what the guide chose.</param>
    /// <returns>What the function gave, in the order of the visits.</returns>
    /// <exception cref="ModelException">The sizes do not fit together.</exception>
    public IReadOnlyList<TResult> MapData<T, TResult>(string name, IReadOnlyList<T> data, Func<int, T, TResult> body, int? batchSize = null)
    {
        var results = new List<TResult>();
        foreach (var i in IRange(new Plate(name, vectorized: false), data.Count, batchSize))
            results.Add(body(i, data[i]));
        return results;
    }

    /// <inheritdoc cref="MapData{T, TResult}(string, IReadOnlyList{T}, Func{int, T, TResult}, int?)"/>
    public void MapData<T>(string name, IReadOnlyList<T> data, Action<int, T> body, int? batchSize = null) =>
        MapData<T, Unit>(name, data, (i, element) => { body(i, element); return default; }, batchSize);
}
