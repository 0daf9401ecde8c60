using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Zeros and ones, one with this tensor's element as its probability.</summary>
        public Tensor bernoulli(Generator? generator = null) => New(Native.bernoulli(Handle, HandleOf(generator)), nameof(bernoulli), this);

        /// <summary>Fills with zeros and ones, one with probability p.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Done(Native.bernoulli_(Handle, p, HandleOf(generator)), nameof(bernoulli_), this);

        /// <summary>Fills with zeros and ones, one with the probability in p.</summary>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) =>
            Done(Native.bernoulli_tensor_(Handle, p.Handle, HandleOf(generator)), nameof(bernoulli_), this, p);

        /// <summary>Positions drawn with the (unnormalised) weights of the last dimension.</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            New(Native.multinomial(Handle, num_samples, Flag(replacement), HandleOf(generator)), nameof(multinomial), this);

        /// <summary>Fills with normal numbers.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) =>
            Done(Native.normal_(Handle, mean, std, HandleOf(generator)), nameof(normal_), this);

        /// <summary>Fills with uniform numbers from [from, to).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Done(Native.uniform_(Handle, from, to, HandleOf(generator)), nameof(uniform_), this);

        private static nint HandleOf(Generator? generator) => generator?.Handle ?? 0;
    }

    /// <inheritdoc cref="Tensor.bernoulli(Generator?)"/>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Poisson counts with this rate, element by element.</summary>
    public static Tensor poisson(Tensor input, Generator? generator = null) => Tensor.New(Native.poisson(input.Handle, generator?.Handle ?? 0), nameof(poisson), input);

    /// <summary>Numbers of successes in this many trials with this probability, element by element.</summary>
    public static Tensor binomial(Tensor count, Tensor probs, Generator? generator = null) =>
        Tensor.New(Native.binomial(count.Handle, probs.Handle, generator?.Handle ?? 0), nameof(binomial), count, probs);

    /// <summary>Gamma numbers with this concentration and rate 1, with the gradient to the concentration.</summary>
    public static Tensor _standard_gamma(Tensor input, Generator? generator = null) =>
        Tensor.New(Native._standard_gamma(input.Handle, generator?.Handle ?? 0), nameof(_standard_gamma), input);

    /// <summary>Points of the simplex with this concentration in the last dimension, with the gradient to it.</summary>
    public static Tensor _sample_dirichlet(Tensor input, Generator? generator = null) =>
        Tensor.New(Native._sample_dirichlet(input.Handle, generator?.Handle ?? 0), nameof(_sample_dirichlet), input);

    /// <summary>Seeds libtorch's own generator and returns it.</summary>
    public static Generator manual_seed(long seed) => Generator.Default.manual_seed(seed);

    /// <summary>How many threads one operation may use.</summary>
    public static int get_num_threads() => Native.GetNumThreads();

    /// <summary>Limits the threads that one operation may use.</summary>
    public static void set_num_threads(int num)
    {
        if (Native.SetNumThreads(num) != 0)
            NativeFailure.Throw(nameof(set_num_threads));
    }

    /// <summary>A source of random numbers on the processor, with a state of its own. Not for two threads at once.</summary>
    public class Generator : IDisposable
    {
        private nint handle;

        /// <summary>A generator with a seed.</summary>
        public Generator(ulong seed = 0, Device? device = null)
            : this(Native.GeneratorNew(seed))
        {
            if (device is { type: not DeviceType.CPU })
                throw new NotSupportedException($"Generators of their own exist on the CPU only, not on {device}.");
        }

        private Generator(nint handle)
        {
            if (handle == 0)
                NativeFailure.Throw(nameof(Generator));
            this.handle = handle;
        }

        /// <summary>Releases the native generator of an object that nobody disposed.</summary>
        ~Generator() => Dispose(false);

        /// <summary>libtorch's own generator of the processor.</summary>
        public static Generator Default => new(Native.GeneratorDefault());

        /// <summary>The native generator.</summary>
        public nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>Where the generator's numbers are made.</summary>
        public Device device => CPU;

        /// <summary>Starts again from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            if (Native.GeneratorSeed(Handle, unchecked((ulong)seed)) != 0)
                NativeFailure.Throw(nameof(manual_seed));
            return this;
        }

        /// <summary>The seed that the generator started from.</summary>
        public long initial_seed() => unchecked((long)Native.GeneratorCurrentSeed(Handle));

        /// <summary>The whole state as a tensor of bytes.</summary>
        public Tensor get_state() => Tensor.New(Native.GeneratorGetState(Handle), nameof(get_state));

        /// <summary>Goes on from a state that get_state returned.</summary>
        public void set_state(Tensor value)
        {
            if (Native.GeneratorSetState(Handle, value.Handle) != 0)
                NativeFailure.Throw(nameof(set_state), value);
        }

        /// <summary>Releases the native generator.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the native generator.</summary>
        protected virtual void Dispose(bool disposing)
        {
            var taken = Interlocked.Exchange(ref handle, 0);
            if (taken != 0)
                Native.GeneratorFree(taken);
        }
    }
}
