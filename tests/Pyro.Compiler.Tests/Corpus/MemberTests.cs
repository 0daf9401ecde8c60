using Pyro.Corpus.Loops;
using Pyro.Programs;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>Between families the graph knows which member reaches which.</summary>
public class MemberTests
{
    [Test]
    public void In_a_chain_each_state_reaches_its_own_observation_and_the_next_state()
    {
        var (graph, z, x) = Families(Markov.CompiledModel);
        Assert.That(graph.Reaches(z.At(1), x.At(1)), Is.True);
        Assert.That(graph.Reaches(z.At(1), x.At(2)), Is.False);
        Assert.That(graph.Reaches(z.At(1), z.At(2)), Is.True);
        Assert.That(graph.Edges.Single(edge => edge.Same.Count > 0).ToString(), Is.EqualTo("1 → 2"));
    }

    [Test]
    public void Values_that_are_read_in_a_later_loop_reach_any_member()
    {
        var (graph, z, x) = Families(ForwardBackward.CompiledModel);
        Assert.That(graph.Reaches(z.At(1), x.At(2)), Is.True);
    }

    [Test]
    public void In_nested_loops_the_outer_round_is_the_same()
    {
        var graph = NestedLoops.CompiledModel.Graph;
        var (row, cell) = (graph.Sites["row_{0}"], graph.Sites["cell_{0}_{1}"]);
        Assert.That(graph.Reaches(row.At(1), cell.At(1, 0)), Is.True);
        Assert.That(graph.Reaches(row.At(1), cell.At(0, 1)), Is.False);
    }

    private static (SiteGraph Graph, Site Z, Site X) Families<TArgs>(Program<TArgs> program) =>
        (program.Graph, program.Sites["z_{0}"], program.Sites["x_{0}"]);
}
