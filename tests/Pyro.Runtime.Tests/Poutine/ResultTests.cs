using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

/// <summary>Handlers around programs with a result.</summary>
public class ResultTests
{
    private static readonly Program<float, double> s_program = DynamicProgram.Of((float shift) =>
        (Sample("z", new Normal(0, 1)) + Param("p", 10.0) + shift).Number() + Sample("w", new Bernoulli(ps: 0.5)).Number() / 4);

    private static Dictionary<string, Tensor> Of(string name, double value) => new() { [name] = tensor((float)value) };

    [Test]
    public void Program_KeepsItsResult_ThroughEachHandler()
    {
        var (context, trace) = (Runs.Context(), new Trace());
        var known = s_program.Condition(Of("z", 1)).Substitute(Of("w", 1));
        Assert.That(known.Call(2, context), Is.EqualTo(13.25));
        Assert.That(s_program.Do(Of("z", 1)).Do(Of("w", 0)).Call(2, context), Is.EqualTo(13));
        var recorded = known.Trace(2, out var result, context);
        Assert.That(result, Is.EqualTo(13.25));
        Assert.That(s_program.Replay(recorded).Do(Of("z", 1)).Call(3, context), Is.EqualTo(14.25));
        Assert.That(s_program.Condition(recorded).Call(3, context), Is.EqualTo(14.25));
        Assert.That(known.Scale(2).Mask(tensor(true)).Block().With(new TracePoutine(trace)).Indep("plate", vectorized: false, 3, 1).Call(2, context), Is.EqualTo(13.25));
        Assert.That(known.Lift(new Normal(100, 0.001)).Call(2, context), Is.EqualTo(103.25).Within(0.1));
        var queue = new Queue<Trace>([new Trace()]);
        var queued = s_program.Condition(Of("z", 1)).Queue(queue);
        Assert.That(new[] { queued.Call(2, context), queued.Call(2, context) }, Is.EqualTo([13, 13.25]));
        Assert.That(() => s_program.Escape(EscapePoutine.Discrete).Call(2, context), Throws.TypeOf<NonlocalExit>());
    }
}
