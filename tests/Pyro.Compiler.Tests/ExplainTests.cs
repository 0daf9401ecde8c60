using Pyro.Corpus.Plates;
using Pyro.Testing;

namespace Pyro.Compiler.Tests;

/// <summary>What a program says of itself, whole.</summary>
public class ExplainTests
{
    [Test]
    public void Loops_that_run_as_one() => Snapshot.Verify(RangeWithLatents.CompiledModel.Explain(), "RangeWithLatents", "txt");

    [Test]
    public void Loops_that_do_not() => Snapshot.Verify(RangeWithBranch.CompiledModel.Explain(), "RangeWithBranch", "txt");

    [Test]
    public void Every_statement_of_the_language() =>
        Snapshot.Verify(Pyro.Corpus.Branches.TryCatch.CompiledModel.Explain() + Pyro.Corpus.Branches.SwitchWithWhen.CompiledModel.Explain()
            + Pyro.Corpus.Functions.LambdaThatAssigns.CompiledModel.Explain() + Pyro.Corpus.Plates.NestedPlates.CompiledModel.Explain(), "Statements", "txt");
}
