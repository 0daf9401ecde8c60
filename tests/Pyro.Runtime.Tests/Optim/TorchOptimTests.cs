using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace Pyro.Runtime.Tests.Optim;

/// <summary>Optimizers of torch.optim around the store's parameters.</summary>
public sealed class TorchOptimTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("optim").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly Program<Unit> s_model = Runs.Program(() => Observe("x", new Normal(Sample("z", new Normal(zeros(2, ScalarType.Float64), 1)), 1), ones(2)));

    private static readonly Program<Unit> s_guide = Runs.Program(() =>
        Sample("z", new Normal(Param("m", zeros(2, ScalarType.Float64)), Param("s", ones(2, ScalarType.Float64), Constraints.Positive))));

    private static SVI<Unit> Make(PyroOptim optimizer, long seed = 1) => new(s_model, s_guide, optimizer, new ELBO(), Runs.Context(seed));

    private static double[] State(SVI<Unit> svi) => [.. svi.Context.Store.Parameters.SelectMany(p => p.Unconstrained.Numbers())];

    public static IEnumerable<Func<IEnumerable<Parameter>, optim.Optimizer>> Optimizers =>
    [
        parameters => optim.Adam(parameters, 0.01), parameters => optim.SGD(parameters, 0.01, momentum: 0.9), parameters => optim.RAdam(parameters, 0.01),
        parameters => optim.NAdam(parameters, 0.01), parameters => optim.RMSProp(parameters, 0.01, momentum: 0.5),
    ];

    [Test]
    public void Steps_AreThoseOfOurOwnRule()
    {
        var (ours, theirs) = (Make(new Adam(0.01) { Schedule = Schedules.Exponential(0.9) }), Make(new TorchOptim(p => optim.Adam(p, 0.01)) { Schedule = Schedules.Exponential(0.9) }));
        ours.Fit(default, 30);
        theirs.Fit(default, 30);
        Assert.That(State(theirs), Is.EqualTo(State(ours)).Within(1e-9));
    }

    [TestCaseSource(nameof(Optimizers))]
    public void Run_GoesOnBitForBit_FromACheckpoint(Func<IEnumerable<Parameter>, optim.Optimizer> create)
    {
        var whole = Make(new TorchOptim(create));
        whole.Run(default, 30, new RunOptions());
        var options = new RunOptions { Checkpoint = Path.Combine(_folder, "run.safetensors") };
        foreach (var stop in new[] { 7, 8, 20, 30 })
        {
            // Seeded otherwise where it goes on: everything comes from the file.
            var part = Make(new TorchOptim(create), File.Exists(options.Checkpoint) ? stop : 1);
            part.Run(default, 30, options with { AfterStep = progress => progress.Step < stop });
            if (stop == 30)
                Assert.That(State(part), Is.EqualTo(State(whole)));
        }
    }

    [Test]
    public void State_GoesThroughAStream_OfEachOptimizer()
    {
        foreach (var create in new Func<PyroOptim>[] { () => new TorchOptim((stored, p) => optim.SGD(p, stored.Name == "m" ? 0.1 : 0.01, momentum: 0.9)), () => new Adam(0.01) })
        {
            var (first, second) = (create(), create());
            var svi = Make(first);
            svi.Fit(default, 5);
            using var stream = new MemoryStream();
            first.Save(stream);
            stream.Position = 0;
            second.Load(stream);
            Assert.That(second.StepsOf("m"), Is.EqualTo(5));
            using var again = new MemoryStream();
            second.Save(again);
            Assert.That(again.ToArray(), Is.EqualTo(stream.ToArray()));
        }
    }

    [Test]
    public void Optimizer_ThatDoesNotFit_IsNamed()
    {
        Assert.That(() => Make(new TorchOptim(p => optim.LBFGS(p))).Step(default), Throws.TypeOf<ModelException>().With.Message.Contains("closure"));
        Assert.That(() => Make(new TorchOptim(_ => null!)).Step(default), Throws.TypeOf<ModelException>().With.Message.Contains("null"));
        var svi = Make(new TorchOptim(p => optim.Adam(p, 0.01)));
        svi.Run(default, 3, new RunOptions { Checkpoint = Path.Combine(_folder, "adam.safetensors") });
        var other = Make(new TorchOptim(p => optim.SGD(p, 0.01, momentum: 0.9)));
        other.LoadCheckpoint(Path.Combine(_folder, "adam.safetensors"));
        var before = State(other);
        Assert.That(() => other.Step(default), Throws.TypeOf<ModelException>().With.Message.Contains("that was loaded is none of SGD"));
        Assert.That(State(other), Is.EqualTo(before));
    }

    [Test]
    public void FrozenParameter_StaysAsItIs()
    {
        PyroOptim[] optimizers = [new SGD(0.1, momentum: 0.9), new TorchOptim(p => optim.SGD(p, 0.1, momentum: 0.9))];
        foreach (var optimizer in optimizers)
        {
            var svi = Make(optimizer);
            var store = svi.Context.Store;
            svi.Fit(default, 3);
            store.Freeze("m");
            var (m, s) = (store.GetValue("m").Numbers(), store.GetValue("s").Numbers());
            svi.Fit(default, 3);
            Assert.That(store.GetValue("m").Numbers(), Is.EqualTo(m));
            Assert.That(store.GetValue("s").Numbers(), Is.Not.EqualTo(s));
            Assert.That((store["m"].IsFrozen, store["s"].IsFrozen), Is.EqualTo((true, false)));
            using var file = new MemoryStream();
            store.Save(file);
            file.Position = 0;
            store.Unfreeze("m");
            var loaded = new Pyro.Params.ParamStore();
            loaded.Load(file);
            Assert.That((loaded["m"].IsFrozen, loaded["s"].IsFrozen), Is.EqualTo((true, false)));
            svi.Fit(default, 3);
            Assert.That(store.GetValue("m").Numbers(), Is.Not.EqualTo(m));
            Assert.That(() => store.Freeze("s", "other"), Throws.TypeOf<KeyNotFoundException>());
            Assert.That(store["s"].IsFrozen, Is.False);
            // Where nothing is left to train, a step changes nothing.
            store.Freeze(store.Names);
            var before = State(svi);
            svi.Fit(default, 2);
            Assert.That(State(svi), Is.EqualTo(before));
        }
    }

    [Test]
    public void ModuleParameter_ThatAsksForNoGradient_IsFrozen()
    {
        using var net = nn.Linear(1, 1);
        net.weight!.requires_grad = false;
        var weight = net.weight!.Numbers();
        var bias = net.bias!.Numbers();
        var svi = new SVI<Unit>(
            Runs.Program(() => Observe("x", new Normal(Module("net", net).call(ones(3, 1)), 1), zeros(3, 1))), Runs.Program(() => { }), new Adam(0.1), new ELBO(), Runs.Context());
        svi.Fit(default, 3);
        Assert.That(net.weight!.Numbers(), Is.EqualTo(weight));
        Assert.That(net.bias!.Numbers(), Is.Not.EqualTo(bias));
    }
}
