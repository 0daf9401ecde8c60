using Pyro.Params;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>
/// Any optimizer of <c>torch.optim</c> that takes steps without a closure, one for each parameter: <c>new TorchOptim(parameters => torch.optim.NAdam(parameters, lr: 0.01))</c>. Its state is
/// kept by the parameters' names, and saved and loaded as that of the others.
/// </summary>
public sealed class TorchOptim : PyroOptim
{
    private readonly Func<StoredParam, IEnumerable<Parameter>, optim.Optimizer> _create;
    private readonly Dictionary<string, Wrapped> _wrapped = [];

    /// <summary>Creates an optimizer.</summary>
    /// <param name="create">Gives the optimizer of one parameter. Called at its first step; again where it is another parameter of the same name, or a state was loaded.</param>
    public TorchOptim(Func<IEnumerable<Parameter>, optim.Optimizer> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _create = (_, parameters) => create(parameters);
    }

    /// <summary>Creates an optimizer whose options may differ from parameter to parameter.</summary>
    /// <param name="create">Gives the optimizer of one parameter, by its name, module and tags. Called as that of the other constructor.</param>
    public TorchOptim(Func<StoredParam, IEnumerable<Parameter>, optim.Optimizer> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _create = create;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The function gives no optimizer, one that needs a closure, or one that does not take the state that was loaded.</exception>
    protected override void Prepare(StoredParam parameter)
    {
        var state = Present(parameter);
        if (_wrapped.TryGetValue(parameter.Name, out var known) && state is not null && ReferenceEquals(known.State, state))
            return;
        var made = new Wrapped(parameter, _create) { State = state };
        if (state?.Bytes is { } bytes)
            made.Load(parameter.Name, bytes);
        known?.Dispose();
        _wrapped[parameter.Name] = made;
    }

    /// <inheritdoc/>
    protected override void Change(StoredParam parameter, Tensor gradient, OptimState state, double factor)
    {
        var wrapped = _wrapped[parameter.Name];
        wrapped.State = state;
        wrapped.Step(parameter.Unconstrained, gradient, factor);
    }

    private protected override void ForgetOptions()
    {
        foreach (var wrapped in _wrapped.Values)
            wrapped.Dispose();
        _wrapped.Clear();
    }

    private protected override byte[]? BytesOf(string name, OptimState state) =>
        _wrapped.TryGetValue(name, out var wrapped) && ReferenceEquals(wrapped.State, state) ? wrapped.Save() : state.Bytes;

    // The optimizer has a tensor of its own: the parameter's may become another one, as a module's does that is made anew.
    private sealed class Wrapped : IDisposable
    {
        private readonly Parameter _own;
        private readonly OptimizerHelper _optimizer;

        public Wrapped(StoredParam parameter, Func<StoredParam, IEnumerable<Parameter>, optim.Optimizer> create)
        {
            _own = new Parameter(parameter.Unconstrained.detach().clone());
            _own.DetachFromDisposeScope();
            var given = Keeping(() => create(parameter, [_own]));
            _optimizer = given is OptimizerHelper helper ? helper : throw new ModelException(parameter.Name,
                given is null
                    ? $"The function of the optimizer gives null for parameter '{parameter.Name}'. Nothing was changed. Give it an optimizer of torch.optim."
                    : $"The function of the optimizer gives {given.GetType().Name} for parameter '{parameter.Name}', which takes no steps without a closure. Nothing was changed. Give another one.");
        }

        /// <summary>Whose state the optimizer has; null before the first step.</summary>
        public OptimState? State { get; set; }

        public void Step(Tensor leaf, Tensor gradient, double factor)
        {
            _own.copy_(leaf);
            _own.grad = gradient;
            foreach (var group in _optimizer.ParamGroups)
                group.LearningRate = group.InitialLearningRate * factor;
            Keeping(() => _optimizer.step());
            foreach (var group in _optimizer.ParamGroups)
                group.LearningRate = group.InitialLearningRate;
            _own.grad = null;
            leaf.copy_(_own);
        }

        public byte[] Save()
        {
            using var memory = new MemoryStream();
            using (var writer = new BinaryWriter(memory))
            {
                writer.Write(_optimizer.GetType().Name);
                // The options are those that the program gives, as for other optimizers.
                foreach (var state in _optimizer.state_dict().State)
                    state.SaveStateDict(writer);
            }
            return memory.ToArray();
        }

        public void Load(string name, byte[] bytes)
        {
            try
            {
                using var reader = new BinaryReader(new MemoryStream(bytes));
                if (reader.ReadString() is var kind && kind != _optimizer.GetType().Name)
                    throw new InvalidDataException($"it is one of {kind}.");
                foreach (var state in _optimizer.state_dict().State)
                    Keeping(() =>
                    {
                        state.LoadStateDict(reader);
                        return 0;
                    });
                if (reader.BaseStream.Position != bytes.Length)
                    throw new InvalidDataException($"it has {bytes.Length} bytes, and {reader.BaseStream.Position} are read.");
            }
            catch (Exception failure) when (failure is IOException or ArgumentException or InvalidDataException or FormatException or InvalidOperationException or IndexOutOfRangeException)
            {
                throw new ModelException(name,
                    $"The state of parameter '{name}' that was loaded is none of {_optimizer.GetType().Name}: {failure.Message} Nothing was changed. Go on with the optimizer that it was saved " +
                    "from, or Clear this one.", failure);
            }
        }

        // What the optimizer keeps must not end with the step's scope.
        private static T Keeping<T>(Func<T> make)
        {
            using var scope = NewDisposeScope();
            var made = make();
            scope.Detach(scope.DisposablesView);
            return made;
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _own.Dispose();
        }
    }
}
