using Pyro.Distributions;
using Pyro.Nn;
using Pyro.Params;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro;

/// <summary>
/// What models are written with; import it with <c>using static Pyro.Primitives</c>. In a compiled program each call is bound to its site when it is
/// compiled. Anywhere else the call finds the run that its thread is in; outside any run it samples plainly.
/// </summary>
public static class Primitives
{
    /// <inheritdoc cref="RunContext.Sample(SiteHandle, Distribution)"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="distribution">What it is drawn from. Inside vectorised plates a smaller one is expanded to them.</param>
    public static Tensor Sample(string name, Distribution distribution) => RunContext.Current.Sample(name, distribution);

    /// <inheritdoc cref="RunContext.Sample(SiteHandle, Distribution, SiteOptions)"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="distribution">What it is drawn from. Inside vectorised plates a smaller one is expanded to them.</param>
    /// <param name="options">What is asked of inference.</param>
    public static Tensor Sample(string name, Distribution distribution, SiteOptions options) => RunContext.Current.Sample(name, distribution, options);

    /// <inheritdoc cref="RunContext.Sample(SiteHandle, Distribution, Tensor?, SiteOptions?)"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="distribution">What it is drawn from.</param>
    /// <param name="obs">Its value, as for <see cref="Observe(string, Distribution, Tensor)"/>; null to leave it to inference.</param>
    /// <param name="options">What is asked of inference where it is left to it.</param>
    public static Tensor Sample(string name, Distribution distribution, Tensor? obs, SiteOptions? options = null) =>
        RunContext.Current.Sample(name, distribution, obs, options);

    /// <inheritdoc cref="RunContext.Sample{T}(SiteHandle, Categorical{T}, SiteOptions?)"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="distribution">What it is drawn from: one distribution, not a batch.</param>
    /// <param name="options">What is asked of inference; null for nothing.</param>
    public static T Sample<T>(string name, Categorical<T> distribution, SiteOptions? options = null) where T : notnull =>
        RunContext.Current.Sample(name, distribution, options);

    /// <inheritdoc cref="RunContext.Factor"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="logDensity">
    /// The term: one number, or one for each element of the vectorised plates, leftmost dimensions first. One number inside of plates is the term of each of their elements.
    /// </param>
    public static void Factor(string name, Tensor logDensity) => RunContext.Current.Factor(name, logDensity);

    /// <inheritdoc cref="RunContext.Deterministic"/>
    /// <param name="name">The name, unique in the run.</param>
    /// <param name="value">The value.</param>
    public static Tensor Deterministic(string name, Tensor value) => RunContext.Current.Deterministic(name, value);

    /// <inheritdoc cref="RunContext.MapData{TResult}(string, Tensor, Func{Tensor, Tensor, TResult}, long?, int)"/>
    public static TResult MapData<TResult>(string name, Tensor data, Func<Tensor, Tensor, TResult> body, long? batchSize = null, int batchDim = 0) =>
        RunContext.Current.MapData(name, data, body, batchSize, batchDim);

    /// <inheritdoc cref="RunContext.MapData{TResult}(string, Tensor, Func{Tensor, Tensor, TResult}, long?, int)"/>
    public static void MapData(string name, Tensor data, Action<Tensor, Tensor> body, long? batchSize = null, int batchDim = 0) =>
        RunContext.Current.MapData(name, data, body, batchSize, batchDim);

    /// <inheritdoc cref="RunContext.MapData{T, TResult}(string, IReadOnlyList{T}, Func{int, T, TResult}, int?)"/>
    public static IReadOnlyList<TResult> MapData<T, TResult>(string name, IReadOnlyList<T> data, Func<int, T, TResult> body, int? batchSize = null) =>
        RunContext.Current.MapData(name, data, body, batchSize);

    /// <inheritdoc cref="RunContext.MapData{T, TResult}(string, IReadOnlyList{T}, Func{int, T, TResult}, int?)"/>
    public static void MapData<T>(string name, IReadOnlyList<T> data, Action<int, T> body, int? batchSize = null) =>
        RunContext.Current.MapData(name, data, body, batchSize);

    /// <inheritdoc cref="RunContext.Observe(SiteHandle, Distribution, Tensor)"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="distribution">What it is thought to be drawn from.</param>
    /// <param name="value">The value: of the distribution's shape, or with more dimensions on the left.</param>
    public static Tensor Observe(string name, Distribution distribution, Tensor value) => RunContext.Current.Observe(name, distribution, value);

    /// <inheritdoc cref="RunContext.Observe{T}(SiteHandle, Categorical{T}, T)"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="distribution">What it is thought to be drawn from.</param>
    /// <param name="value">The value.</param>
    public static T Observe<T>(string name, Categorical<T> distribution, T value) where T : notnull => RunContext.Current.Observe(name, distribution, value);

    /// <inheritdoc cref="RunContext.Observe{T}(SiteHandle, Categorical{T}, IReadOnlyList{T})"/>
    /// <param name="name">The site's name, unique in the run.</param>
    /// <param name="distribution">What they are thought to be drawn from.</param>
    /// <param name="values">The values.</param>
    public static IReadOnlyList<T> Observe<T>(string name, Categorical<T> distribution, IReadOnlyList<T> values) where T : notnull =>
        RunContext.Current.Observe(name, distribution, values);

    /// <inheritdoc cref="RunContext.Param(SiteHandle, Tensor, Constraint?, string[])"/>
    /// <param name="name">The parameter's name.</param>
    /// <param name="initial">What it starts with; the store keeps a copy.</param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags when it is created; "default" where none is given.</param>
    public static Tensor Param(string name, Tensor initial, Constraint? constraint = null, string[]? tags = null) =>
        RunContext.Current.Param(name, initial, constraint, tags);

    /// <inheritdoc cref="RunContext.Param(SiteHandle, double, Constraint?, string[])"/>
    /// <param name="name">The parameter's name.</param>
    /// <param name="initial">What it starts with.</param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags when it is created; "default" where none is given.</param>
    public static Tensor Param(string name, double initial, Constraint? constraint = null, string[]? tags = null) =>
        RunContext.Current.Param(name, initial, constraint, tags);

    /// <inheritdoc cref="RunContext.Param(SiteHandle, Func{Tensor}, Constraint?, string[])"/>
    /// <param name="name">The parameter's name.</param>
    /// <param name="initial">Gives what it starts with.</param>
    /// <param name="constraint">Where its values lie; anywhere when none is given.</param>
    /// <param name="tags">Its tags when it is created; "default" where none is given.</param>
    public static Tensor Param(string name, Func<Tensor> initial, Constraint? constraint = null, string[]? tags = null) =>
        RunContext.Current.Param(name, initial, constraint, tags);

    /// <inheritdoc cref="RunContext.Param(SiteHandle)"/>
    /// <param name="name">The parameter's name.</param>
    public static Tensor Param(string name) => RunContext.Current.Param(name);

    /// <inheritdoc cref="RunContext.Module"/>
    public static TModule Module<TModule>(string name, TModule module, params string[] tags)
        where TModule : nn.Module => RunContext.Current.Module(name, module, tags);

    /// <inheritdoc cref="RunContext.RandomModule(string, nn.Module, Distribution)"/>
    public static SampledModule RandomModule(string name, nn.Module module, Distribution prior) =>
        RunContext.Current.RandomModule(name, module, prior);

    /// <inheritdoc cref="RunContext.RandomModule(string, nn.Module, IReadOnlyDictionary{string, Distribution})"/>
    public static SampledModule RandomModule(string name, nn.Module module, IReadOnlyDictionary<string, Distribution> priors) =>
        RunContext.Current.RandomModule(name, module, priors);

    /// <inheritdoc cref="RunContext.RandomModule(string, nn.Module, Func{string, Distribution?})"/>
    public static SampledModule RandomModule(string name, nn.Module module, Func<string, Distribution?> prior) =>
        RunContext.Current.RandomModule(name, module, prior);

    /// <inheritdoc cref="RunContext.IArange(Plate, long, long?, Tensor?)"/>
    /// <param name="name">The plate's name.</param>
    /// <param name="size">How many elements there are.</param>
    /// <param name="subsampleSize">How many of them to visit, chosen at random without replacement; all where none is given, or what the guide chose.</param>
    /// <param name="subsample">Which of them to visit, chosen by the caller: a long tensor of shape (count). An element that is there twice counts twice.</param>
    public static PlateScope IArange(string name, long size, long? subsampleSize = null, Tensor? subsample = null) =>
        RunContext.Current.IArange(new Plate(name, vectorized: true), size, subsampleSize, subsample);

    /// <inheritdoc cref="RunContext.IArange(Plate)"/>
    /// <param name="name">The plate's name.</param>
    public static PlateScope IArange(string name) => RunContext.Current.IArange(new Plate(name, vectorized: true));

    /// <inheritdoc cref="RunContext.IRange"/>
    /// <param name="name">The plate's name.</param>
    /// <param name="size">How many elements there are.</param>
    /// <param name="subsampleSize">How many of them to visit, chosen at random without replacement; all where none is given, or what the guide chose.</param>
    /// <param name="subsample">Which of them to visit, chosen by the caller: a long tensor of shape (count). An element that is there twice counts twice.</param>
    public static IEnumerable<int> IRange(string name, int size, int? subsampleSize = null, Tensor? subsample = null) =>
        RunContext.Current.IRange(new Plate(name, vectorized: false), size, subsampleSize, subsample);

    /// <inheritdoc cref="RunContext.Scale(double)"/>
    public static WeightScope Scale(double factor) => RunContext.Current.Scale(factor);

    /// <inheritdoc cref="RunContext.Scale(Tensor)"/>
    public static WeightScope Scale(Tensor weights) => RunContext.Current.Scale(weights);

    /// <inheritdoc cref="RunContext.Mask(Tensor)"/>
    public static WeightScope Mask(Tensor mask) => RunContext.Current.Mask(mask);

    /// <summary>The default parameter store.</summary>
    public static ParamStore GetParamStore() => ParamStore.Default;

    /// <summary>Empties the default parameter store.</summary>
    public static void ClearParamStore() => ParamStore.Default.Clear();

    /// <summary>Seeds all random numbers that follow: those of runs that are created from now on, of plain calls on this thread, and of libtorch.</summary>
    /// <param name="seed">The seed.</param>
    public static void SetRngSeed(long seed)
    {
        RandomNumbers.SetSeed(seed);
        RunContext.SeedPlain(seed);
        manual_seed(seed);
    }
}
