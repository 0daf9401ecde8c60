using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;
using static TorchSharp.torch.optim.lr_scheduler;

namespace Pyro.LibTorch.Tests.Optim;

/// <summary>Schedules against PyTorch's, two groups, 25 steps: rates and momenta.</summary>
public class ScheduleTests
{
    private static readonly double[] Measured = [5.0, 4.0, 4.0, 3.99999, 4.1, 4.2, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 2.0, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5, 2.5];

    private static readonly Dictionary<string, Func<Optimizer, LRScheduler>> Schedules = new()
    {
        ["step"] = o => StepLR(o, 3, gamma: 0.5),
        ["multistep"] = o => MultiStepLR(o, [2, 5, 5, 11], gamma: 0.5),
        ["constant"] = o => ConstantLR(o, factor: 0.25, total_iters: 4),
        ["linear"] = o => LinearLR(o, start_factor: 0.25, end_factor: 0.75, total_iters: 6),
        ["exponential"] = o => ExponentialLR(o, 0.9),
        ["polynomial"] = o => PolynomialLR(o, total_iters: 8, power: 2),
        ["cosine"] = o => CosineAnnealingLR(o, 6, eta_min: 0.001),
        ["lambda"] = o => LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        ["lambdas"] = o => new impl.LambdaLR(o, [epoch => Math.Pow(0.9, epoch), epoch => 1 + epoch]),
        ["multiplicative"] = o => MultiplicativeLR(o, _ => 0.95),
        ["cyclic"] = o => CyclicLR(o, 0.01, 0.1, step_size_up: 4, step_size_down: 6),
        ["cyclic halving"] = o => CyclicLR(o, [0.01, 0.02], [0.1, 0.3], step_size_up: 3, mode: impl.CyclicLR.Mode.Triangular2),
        ["cyclic range"] = o => CyclicLR(o, 0.01, 0.1, step_size_up: 4, mode: impl.CyclicLR.Mode.ExpRange, gamma: 0.97),
        ["one cycle"] = o => OneCycleLR(o, 0.1, total_steps: 30),
        ["one cycle phases"] = o => OneCycleLR(o, [0.1, 0.2], epochs: 6, steps_per_epoch: 5, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true),
        ["chained"] = o => ChainedLR([ConstantLR(o, factor: 0.1, total_iters: 2), ExponentialLR(o, gamma: 0.9)]),
        ["sequential"] = o => SequentialLR(o, [ConstantLR(o, factor: 0.1, total_iters: 2), ExponentialLR(o, gamma: 0.9)], [4]),
    };

    private static readonly Dictionary<string, Func<Optimizer, LRScheduler>> Plateaus = new()
    {
        ["plateau"] = o => ReduceLROnPlateau(o, factor: 0.5, patience: 2),
        ["plateau absolute"] = o => ReduceLROnPlateau(o, "max", factor: 0.1, patience: 1, threshold: 0.05, threshold_mode: "abs", cooldown: 2, min_lr: [0.002, 0.001]),
    };

    public static TheoryData<string> Names() => new(Expected.Names("schedules"));

    public static TheoryData<string> PlateauNames() => new(Expected.Names("plateaus"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_and_momenta_are_PyTorchs(string name)
    {
        using var optimizer = Groups();
        var schedule = Schedules[name](optimizer);
        foreach (var row in Expected.Rows("schedules", name))
        {
            var now = optimizer.ParamGroups.SelectMany(group => new[] { group.LearningRate, ((IMomentum)group).Momentum }).ToArray();
            Assert.All(now.Zip(row), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
            schedule.step();
        }
        Assert.Equal(optimizer.ParamGroups.Select(group => group.LearningRate), schedule.get_last_lr());
    }

    [Theory]
    [MemberData(nameof(PlateauNames))]
    public void Rates_fall_where_PyTorchs_fall(string name)
    {
        using var optimizer = Groups();
        var schedule = Plateaus[name](optimizer);
        foreach (var (value, row) in Measured.Zip(Expected.Rows("plateaus", name)))
        {
            schedule.step(value);
            Assert.All(schedule.get_last_lr().Zip(row), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
        }
        Assert.Throws<InvalidOperationException>(schedule.step);
    }

    [Theory]
    [InlineData("step")]
    [InlineData("multistep")]
    [InlineData("exponential")]
    [InlineData("polynomial")]
    [InlineData("cosine")]
    [InlineData("linear")]
    public void Going_to_a_step_is_as_stepping_there(string name)
    {
        using var optimizer = Groups();
        var schedule = Schedules[name](optimizer);
        schedule.step(4);
        var row = Expected.Rows("schedules", name)[4];
        Assert.Equal(row[0], schedule.get_last_lr().First(), 1e-12);
    }

    [Fact]
    public void Adams_decay_cycles_in_place_of_a_momentum()
    {
        using var optimizer = Adam([new Parameter(zeros(1))]);
        OneCycleLR(optimizer, 0.1, total_steps: 10);
        Assert.Equal((0.95, 0.999), ((IBetas)optimizer.ParamGroups.Single()).Betas);
    }

    [Fact]
    public void Schedules_refuse_what_cannot_be()
    {
        using var optimizer = Adagrad([new Parameter(zeros(1))]);
        Assert.Contains("cycle_momentum", Assert.Throws<ArgumentException>(() => CyclicLR(optimizer, 0.1, 0.2)).Message);
        Assert.Throws<ArgumentException>(() => OneCycleLR(optimizer, 0.1));
        Assert.Throws<ArgumentException>(() => SequentialLR(optimizer, [StepLR(optimizer, 1)], [1, 2]));
        Assert.Throws<ArgumentException>(() => ChainedLR([]));
        Assert.Throws<ArgumentException>(() => ReduceLROnPlateau(optimizer, mode: "best"));
        Assert.Throws<ArgumentNullException>(() => StepLR(null!, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StepLR(optimizer, 0));
    }

    private static SGD Groups() => SGD(
        [new SGD.ParamGroup { Parameters = [new Parameter(zeros(2))] }, new SGD.ParamGroup { Parameters = [new Parameter(zeros(2))], Options = new SGD.Options { LearningRate = 0.02 } }],
        0.1, momentum: 0.9);
}
