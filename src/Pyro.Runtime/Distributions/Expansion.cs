using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>How the parameters of a distribution become larger, all alike.</summary>
public readonly struct Expansion
{
    private readonly long[] _target;
    private readonly int _inner;
    private readonly int _kept;
    private readonly bool _wide;

    /// <summary>Creates an expansion.</summary>
    /// <param name="target">The shape to expand to: that of <see cref="Distribution.LogProb"/>.</param>
    /// <param name="inner">How many dimensions to add on the right of what is there, before broadcasting.</param>
    /// <param name="kept">How many of the target's last dimensions are on the right of those.</param>
    /// <param name="wide">Whether parameters of floating point become doubles.</param>
    internal Expansion(long[] target, int inner, int kept = 0, bool wide = false)
    {
        _target = target;
        _inner = inner;
        _kept = kept;
        _wide = wide;
    }

    /// <summary>The shape to expand to, without the family's own event.</summary>
    public ReadOnlySpan<long> Target => _target;

    /// <summary>The same, for parameters that have further dimensions on the right, which stay as they are.</summary>
    /// <param name="own">Those dimensions.</param>
    internal Expansion Before(ReadOnlySpan<long> own) => new([.. _target, .. own], _inner, _kept + own.Length, _wide);

    /// <summary>A parameter, expanded.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="eventRank">How many of its last dimensions belong to one draw, and stay as they are.</param>
    public Tensor Of(Tensor parameter, int eventRank = 0)
    {
        var shape = parameter.Sizes();
        var own = shape.Length - eventRank;
        var outer = own - _kept;
        if (outer > 0 && _inner > 0)
        {
            long[] padded = [.. shape.AsSpan(0, outer), .. Enumerable.Repeat(1L, _inner), .. shape.AsSpan(outer)];
            parameter = parameter.reshape(padded);
        }
        long[] target = [.. _target, .. shape.AsSpan(own)];
        parameter = parameter.expand(target);
        return _wide && parameter.is_floating_point() ? parameter.to_type(ScalarType.Float64) : parameter;
    }
}
