using Pyro.Distributions;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

/// <summary>A run that fails between two sites says what it computed with.</summary>
public class OperandTests
{
    [Test]
    public void Failure_NamesArgumentsAndSites()
    {
        var program = DynamicProgram.Of<(Tensor, Tensor?, int, string, Tensor[])>(args =>
        {
            var w = Sample("w", new Normal(zeros([3], ScalarType.Float64), 1));
            Observe("y", new Normal(args.Item1 * w, 1), args.Item2!);
        });
        var message = Fails(program, (ones(5, 4), null, 7, "log", [ones(1), ones(2)]));
        Assert.That(message, Does.Contain("must match"));
        Assert.That(message, Does.Not.Contain("Exception raised from"));
        Assert.That(message, Does.EndWith("Its arguments: Float32 (5, 4), null, 7, \"log\", [Float32 (1), Float32 (2)]. Its sites before that: w Float64 (3)."));
    }

    [Test]
    public void Failure_NamesTheLatestSites()
    {
        var message = Fails(DynamicProgram.Of<Tensor>(x =>
        {
            for (var i = 0; i < 12; i++)
                Sample($"z_{i}", new Normal(zeros(i), 1));
            _ = x + ones(7);
        }), ones(2));
        Assert.That(message, Does.EndWith("Its arguments: Float32 (2). Its sites before that: z_4 Float32 (4), z_5 Float32 (5), z_6 Float32 (6), z_7 Float32 (7), " +
            "z_8 Float32 (8), z_9 Float32 (9), z_10 Float32 (10), z_11 Float32 (11)."));
    }

    [Test]
    public void Failure_HasNoOperands_WhereThereAreNone()
    {
        var message = Fails(DynamicProgram.Of(() => { _ = ones(2) + ones(7); }), default);
        Assert.That(message, Does.EndWith("against what it does there."));
    }

    private static string Fails<TArgs>(Program<TArgs> program, TArgs args) =>
        Assert.Throws<ModelException>(() => Runs.Context().Execute(program, args))!.Message;
}
