using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>The generators of one run, one a device, all from one seed.</summary>
internal sealed class RandomNumbers(long seed)
{
    /// <summary>The device of <see cref="Host"/>, as text.</summary>
    public const string HostDevice = "cpu";

    private static long s_seed = System.Random.Shared.NextInt64();
    private static long s_made;
    private static long s_madePlain;

    private Dictionary<(TorchSharp.DeviceType Type, int Index), Generator>? _others;
    private long _seed = seed;

    /// <summary>The generator for tensors in host memory.</summary>
    public Generator Host { get; } = new(unchecked((ulong)seed));

    /// <summary>Sets what the seeds of runs follow from.</summary>
    public static void SetSeed(long seed)
    {
        Interlocked.Exchange(ref s_seed, seed);
        Interlocked.Exchange(ref s_made, 0);
        Interlocked.Exchange(ref s_madePlain, 0);
    }

    /// <summary>The seed of the next run: each has its own, and the same one after the same <see cref="SetSeed"/>.</summary>
    public static long NextSeed() => Mixed(Interlocked.Increment(ref s_made));

    /// <summary>The seed of the next thread's plain calls. Which threads make such calls changes nothing for runs: theirs are counted from the other end.</summary>
    public static long NextPlainSeed() => Mixed(Interlocked.Decrement(ref s_madePlain));

    private static long Mixed(long count)
    {
        // SplitMix64: one step of its sequence from a seed gives well-mixed, distinct seeds.
        unchecked
        {
            var z = (ulong)Interlocked.Read(ref s_seed) + 0x9E3779B97F4A7C15UL * (ulong)count;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (long)((z ^ (z >> 31)) >> 1);
        }
    }

    public void Seed(long seed)
    {
        _seed = seed;
        Host.manual_seed(seed);
        foreach (var generator in _others?.Values ?? Enumerable.Empty<Generator>())
            generator.manual_seed(seed);
    }

    /// <summary>The states of the generators, with their devices as text.</summary>
    public IEnumerable<(string Device, Tensor State)> States()
    {
        yield return (HostDevice, Host.get_state());
        foreach (var ((type, index), generator) in _others ?? [])
            yield return ($"{type.ToString().ToLowerInvariant()}:{index}", generator.get_state());
    }

    /// <summary>
    /// Why a tensor is no state of a device's generator; null where it is. A generator that is given a wrong state ends the process, so the state is looked at first, as libtorch
    /// would: its dtype and length, and where the Mersenne twister's numbers of the host stand.
    /// </summary>
    public static string? FindInvalid(string device, Tensor state)
    {
        try
        {
            using var scope = NewDisposeScope();
            var place = zeros(0, device: new Device(device)).device;
            using var fresh = new Generator(0, place);
            var length = fresh.get_state().numel();
            if (state.dtype != ScalarType.Byte || state.dim() != 1 || state.numel() != length)
                return $"it is {state.dtype} of shape {Shapes.Format(state.Sizes())}, and a state there is {ScalarType.Byte} of shape ({length})";
            return FindInvalidTwister(state.cpu().contiguous().bytes);
        }
        catch (Exception failure) when (failure is ArgumentException or ExternalException or NotSupportedException or InvalidOperationException)
        {
            return failure.Message;
        }
    }

    /// <summary>Refuses what is no state of a device's generator.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void Check(string device, Tensor state)
    {
        if (FindInvalid(device, state) is { } why)
            throw new ArgumentException($"The state is none of a generator of '{device}': {why}.", nameof(state));
    }

    // at::CPUGeneratorImplState: the seed (8 bytes), how many of the 624 numbers are left (4), whether it is seeded (4), the next number (8), the numbers.
    private static string? FindInvalidTwister(ReadOnlySpan<byte> state)
    {
        const int numbers = 624;
        if (state.Length < 24 + (8 * numbers))
            return null; // A counter, of which each value is a state.
        var left = BinaryPrimitives.ReadInt32LittleEndian(state[8..]);
        var seeded = BinaryPrimitives.ReadInt32LittleEndian(state[12..]);
        var next = BinaryPrimitives.ReadUInt64LittleEndian(state[16..]);
        return seeded == 0 ? "it was never seeded"
            : left is < 1 or > numbers || next > numbers ? $"it has {left} numbers left and {next} as the next, and a generator has {numbers}"
            : null;
    }

    /// <summary>Brings the generator of a device into a state.</summary>
    public void SetState(string device, Tensor state)
    {
        Check(device, state);
        using var place = zeros(0, device: new Device(device));
#pragma warning disable RS0030 // Checked above.
        For(place).set_state(state);
#pragma warning restore RS0030
    }

    public Generator For(Tensor like)
    {
        if (like.device_type == TorchSharp.DeviceType.CPU)
            return Host;
        var device = like.device;
        _others ??= [];
        if (!_others.TryGetValue((device.type, device.index), out var generator))
            _others[(device.type, device.index)] = generator = new Generator(unchecked((ulong)_seed), device);
        return generator;
    }
}
