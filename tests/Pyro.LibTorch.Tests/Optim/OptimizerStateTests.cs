using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace Pyro.LibTorch.Tests.Optim;

/// <summary>What optimizers keep, in files and out of them.</summary>
public class OptimizerStateTests
{
    private static readonly Func<Parameter[], OptimizerHelper>[] Makers =
    [
        p => SGD(p, 0.1, momentum: 0.9), p => SGD(p, 0.1), p => Adam(p, amsgrad: true), p => AdamW(p), p => RMSProp(p, momentum: 0.5, centered: true), p => Adagrad(p), p => Adadelta(p),
        p => Adamax(p), p => ASGD(p), p => Rprop(p), p => NAdam(p), p => RAdam(p),
    ];

    public static TheoryData<int> All() => new(Enumerable.Range(0, Makers.Length));

    [Theory]
    [MemberData(nameof(All))]
    public void A_restored_optimizer_goes_on_as_the_first_one(int which)
    {
        var (w, b) = Expected.Parameters(ScalarType.Float32);
        using var first = Makers[which]([w, b]);
        Steps(first, w, b, 3);
        var file = Saved(first);

        var (w2, b2) = (new Parameter(w.detach().clone()), new Parameter(b.detach().clone()));
        using var second = Makers[which]([w2, b2]);
        Load(second, file);
        var (w3, b3) = (new Parameter(w.detach().clone()), new Parameter(b.detach().clone()));
        using var third = Makers[which]([w3, b3]);
        third.load_state_dict(first.state_dict());
        Assert.All(first.state_dict().State.Zip(second.state_dict().State), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));

        Steps(first, w, b, 3);
        Steps(second, w2, b2, 3);
        Steps(third, w3, b3, 3);
        Assert.Equal(Expected.Values(w, b), Expected.Values(w2, b2));
        Assert.Equal(Expected.Values(w, b), Expected.Values(w3, b3));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Damaged_files_are_refused_and_the_state_stays(int which)
    {
        var (w, b) = Expected.Parameters(ScalarType.Float32);
        using var optimizer = Makers[which]([w, b]);
        Steps(optimizer, w, b, 2);
        var file = Saved(optimizer);
        for (var length = 0; length < file.Length; length++)
            Refused(optimizer, file[..length], file);

        // Any byte may be any other: it is refused or taken, and nothing else happens.
        var random = new Random(which);
        for (var i = 0; i < 300; i++)
        {
            var damaged = file.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                Load(optimizer, damaged);
                Load(optimizer, file);
            }
            catch (InvalidDataException)
            {
                Assert.Equal(file, Saved(optimizer));
            }
        }
    }

    [Fact]
    public void Files_of_others_are_refused_with_a_sentence()
    {
        var (w, b) = Expected.Parameters(ScalarType.Float32);
        using var adam = Adam([w, b]);
        using var sgd = SGD([w], 0.1);
        var own = Saved(adam);
        Assert.Equal("The file is of optimizer SGD, this one is Adam.", Refused(adam, Saved(sgd), own));
        using var fewer = Adam([w]);
        Assert.Equal("The file has 1 groups and 1 parameters, the optimizer 1 and 2.", Refused(adam, Saved(fewer), own));
        using var turned = Adam([b, w]);
        Assert.Contains("shape", Refused(adam, Saved(turned), own));
        Assert.Equal("The file is none of an optimizer.", Refused(adam, "\u0003<!>"u8.ToArray(), own));
        Assert.Throws<ArgumentException>(() => adam.load_state_dict(sgd.state_dict()));
        Assert.Throws<ArgumentException>(() => adam.load_state_dict(turned.state_dict()));
    }

    [Fact]
    public void States_and_options_are_listed_group_by_group()
    {
        var (w, b) = Expected.Parameters(ScalarType.Float32);
        using var optimizer = Adam([new Adam.ParamGroup { Parameters = [w] }, new Adam.ParamGroup([b], lr: 0.5)]);
        var state = optimizer.state_dict();
        Assert.Equal([1e-3, 0.5], state.Options.Select(options => options.LearningRate));
        Assert.Equal([[0], [1]], state.StateIndexRef);
        Assert.Equal(w.shape, ((Adam.State)state.State[0]).exp_avg.shape);
    }

    [Fact]
    public void A_disposed_optimizer_leaves_the_parameters_and_nothing_else()
    {
        var statistics = TorchSharp.DisposeScopeManager.Statistics.TensorStatistics;
        Parameter w = new(ones(3)), b = new(ones(1));
        var before = statistics.ThreadTotalLiveCount;
        var optimizer = Adam([w, b], amsgrad: true);
        Assert.Equal(before + 6, statistics.ThreadTotalLiveCount);
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.False(w.IsInvalid);
        Assert.Equal(before, statistics.ThreadTotalLiveCount);
    }

    private static void Steps(Optimizer optimizer, Parameter w, Parameter b, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            Expected.Loss(w, b).backward();
            optimizer.step();
        }
    }

    private static byte[] Saved(OptimizerHelper optimizer)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        return stream.ToArray();
    }

    private static void Load(OptimizerHelper optimizer, byte[] file)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        optimizer.load_state_dict(reader);
    }

    private static string Refused(OptimizerHelper optimizer, byte[] file, byte[] own)
    {
        var message = Assert.Throws<InvalidDataException>(() => Load(optimizer, file)).Message;
        Assert.Equal(own, Saved(optimizer));
        return message;
    }
}
