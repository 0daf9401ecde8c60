using Pyro.Corpus.Types;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>Programs of objects: one for each object, and its own.</summary>
public class InstanceTests
{
    [Test]
    public void ProgramOfAnObject_IsMadeOnce()
    {
        var program = Instance.Object.CompiledModel;
        Assert.That(Instance.Object.CompiledModel, Is.SameAs(program));
        Assert.That(new Instance(1).CompiledModel, Is.Not.SameAs(Instance.Object.CompiledModel));
    }

    [Test]
    public void CopyOfARecord_HasAProgramOfItsOwn_AndEqualsIt()
    {
        using var scope = NewDisposeScope();
        var before = Record.Object.CompiledModel;
        var copy = Record.Object with { };
        var moved = Record.Object with { Loc = 100f };
        Assert.That(copy, Is.EqualTo(Record.Object));
        Assert.That(moved.CompiledModel, Is.Not.SameAs(before));
        Assert.That(moved.CompiledModel.Call(default, new RunContext(new ParamStore(), seed: 1)).item<float>(), Is.GreaterThan(50f));
    }

    [Test]
    public void ProgramOfAnObject_LetsItGo()
    {
        var gone = Made();
        for (var i = 0; i < 10 && gone.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(gone.IsAlive, Is.False);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Made()
        {
            var model = new Instance(1);
            Assert.That(model.CompiledModel.Sites, Has.Count.EqualTo(2));
            return new WeakReference(model);
        }
    }
}
