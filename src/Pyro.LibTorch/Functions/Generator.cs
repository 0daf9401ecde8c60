using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A random number generator with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A generator of the device (the processor) with a seed.</summary>
        public Generator(ulong seed = 0, Device? device = null)
            : this(MakeNative(seed, device ?? CPU), device ?? CPU)
        {
        }

        private Generator(nint handle, Device device)
        {
            this.handle = handle;
            this.device = device;
        }

        /// <summary>Releases the native half, if nothing disposed it before.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The generator that the processor draws from when none is given.</summary>
        public static Generator Default { get; } = new((nint)Ops.default_generator((long)DeviceType.CPU, -1), CPU);

        /// <summary>The device whose numbers this generator makes.</summary>
        public Device device { get; }

        /// <summary>The native handle, which this generator keeps owning.</summary>
        public IntPtr Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        internal static nint HandleOrNull(Generator? generator) => generator is null ? 0 : generator.Handle;

        private static nint MakeNative(ulong seed, Device device)
        {
            RequireDevice(device);
            return (nint)Ops.generator((long)seed, (long)device.type, device.index);
        }

        /// <summary>The whole state, as bytes.</summary>
        public Tensor get_state() => Ops.generator_state(this);

        /// <summary>Restores a state that <see cref="get_state"/> returned.</summary>
        public void set_state(Tensor value) => Ops.set_generator_state(this, value);

        /// <summary>Starts over from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            Ops.generator_seed(this, seed);
            return this;
        }

        /// <summary>Starts over from a seed that cannot be foretold, and returns it.</summary>
        public long seed() => Ops.generator_new_seed(this);

        /// <summary>The seed of the last start.</summary>
        public long initial_seed() => Ops.generator_current_seed(this);

        /// <summary>Releases the native half; harmless when repeated. The default generator stays: it is everybody's.</summary>
        public void Dispose()
        {
            if (ReferenceEquals(this, Default))
                return;
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native half.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var released = Interlocked.Exchange(ref handle, 0);
            if (released != 0)
                Native.pt_release_generator(released);
        }
    }

    /// <summary>Seeds the default generators of all devices and returns the processor's.</summary>
    public static Generator manual_seed(long seed)
    {
        Ops.seed_all(seed);
        return Generator.Default;
    }

    /// <summary>Seeds the default generator with a number that cannot be foretold, and returns it.</summary>
    public static long seed() => Generator.Default.seed();

    /// <summary>The seed of the default generator's last start.</summary>
    public static long initial_seed() => Generator.Default.initial_seed();

    /// <summary>The state of the default generator, as bytes.</summary>
    public static Tensor get_rng_state() => Generator.Default.get_state();

    /// <summary>Restores a state that <see cref="get_rng_state"/> returned.</summary>
    public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);

    /// <summary>The default generator.</summary>
    public static class random
    {
        /// <inheritdoc cref="torch.seed"/>
        public static long seed() => torch.seed();

        /// <inheritdoc cref="torch.initial_seed"/>
        public static long initial_seed() => torch.initial_seed();

        /// <inheritdoc cref="torch.manual_seed"/>
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        /// <inheritdoc cref="torch.get_rng_state"/>
        public static Tensor get_rng_state() => torch.get_rng_state();

        /// <inheritdoc cref="torch.set_rng_state"/>
        public static void set_rng_state(Tensor new_state) => torch.set_rng_state(new_state);
    }
}
