using System.Runtime.ExceptionServices;
using Pyro.Params;
using Pyro.Programs;
using Pyro.Traces;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// The particles of one estimate, run on several threads. Each has random numbers of its own that follow from the run's, and their gradients are added up in their
/// order: how many threads there are, and who is first, changes nothing.
/// </summary>
/// <param name="count">How many particles.</param>
/// <param name="graph">Which dependencies between sites count.</param>
/// <param name="how">How discrete sites of the guide are enumerated that do not say so themselves.</param>
internal sealed class ParallelParticles(int count, GraphType graph, Enumerate how)
{
    private readonly Particle[] _particles = [.. Enumerable.Range(0, count).Select(_ => new Particle(new Estimate(graph, how)))];

    /// <summary>The mean of the particles' losses; the mean of their gradients is added to the trained parameters where these are wanted.</summary>
    public double Average<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet? trained)
    {
        foreach (var particle in _particles)
            particle.Begin(context.Store, context.NextSeed());
        // The first makes the parameters that are not there yet, as long as nobody else asks for them.
        var first = _particles[0];
        first.Run(model, guide, args, trained is not null);
        context.AddCreated(first.Context);
        if (first.Failure is null)
            Parallel.For(1, count, i => _particles[i].Run(model, guide, args, trained is not null));
        if (_particles.Skip(1).Any(particle => particle.Context.Created.Count > 0))
            OneByOne(context, model, guide, args, trained is not null);

        using var scope = NewDisposeScope();
        foreach (var particle in _particles)
            particle.Adopt(scope);
        try
        {
            foreach (var particle in _particles)
                particle.Failure?.Throw();
            if (trained is not null)
            {
                foreach (var parameter in _particles.SelectMany(particle => particle.Trained))
                    trained.Add(parameter);
                foreach (var particle in _particles)
                    particle.Estimate.Backward(1.0 / count);
            }
            return _particles.Average(particle => particle.Loss);
        }
        finally
        {
            foreach (var particle in _particles)
                particle.Estimate.Clear();
        }
    }

    // Parameters that a later particle met first depend on who made them: they are made again, in order.
    private void OneByOne<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, bool trains)
    {
        foreach (var parameter in _particles.Skip(1).SelectMany(particle => particle.Context.Created))
            context.Store.Remove(parameter.Name);
        foreach (var particle in _particles.Skip(1))
        {
            particle.Restart();
            particle.Run(model, guide, args, trains);
            context.AddCreated(particle.Context);
        }
    }

    /// <summary>One of them: its buffers, and what it leaves for the thread that adds up.</summary>
    private sealed class Particle(Estimate estimate)
    {
        private IDisposable[] _tensors = [];
        private long _seed;

        public Estimate Estimate => estimate;

        public RunContext Context { get; private set; } = null!;

        public ParamSet Trained { get; } = new();

        public double Loss { get; private set; }

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Begin(ParamStore store, long seed)
        {
            if (Context?.Store != store)
                Context = new RunContext(store, seed);
            _seed = seed;
            Reset();
        }

        public void Restart()
        {
            foreach (var tensor in _tensors)
                tensor.Dispose();
            estimate.Clear();
            Reset();
        }

        public void Run<TArgs>(Program<TArgs> model, Program<TArgs> guide, TArgs args, bool trains)
        {
            using var grad = set_grad_enabled(trains);
            using var scope = NewDisposeScope();
            try
            {
                Loss = estimate.Forward(Context, model, guide, args, trains ? Trained : null);
            }
            catch (Exception failure)
            {
                Failure = ExceptionDispatchInfo.Capture(failure);
            }
            _tensors = [.. scope.DisposablesView];
            scope.Detach(_tensors);
        }

        /// <summary>Gives what it has made to a scope of the thread that goes on with it.</summary>
        public void Adopt(DisposeScope scope)
        {
            scope.Attach(_tensors);
            _tensors = [];
        }

        private void Reset()
        {
            Context.Seed(_seed);
            Context.ForgetCreated();
            Trained.Clear();
            Failure = null;
        }
    }
}
