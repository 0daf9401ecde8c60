using Pyro.Corpus.Loops;
using Pyro.Programs;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>Between families the graph knows which member reaches which.</summary>
public class MemberTests
{
    [Fact]
    public void In_a_chain_each_state_reaches_its_own_observation_and_the_next_state()
    {
        var (graph, z, x) = Families(Markov.CompiledModel);
        Assert.True(graph.Reaches(z.At(1), x.At(1)));
        Assert.False(graph.Reaches(z.At(1), x.At(2)));
        Assert.True(graph.Reaches(z.At(1), z.At(2)));
        Assert.Equal("1 → 2", graph.Edges.Single(edge => edge.Same.Count > 0).ToString());
    }

    [Fact]
    public void Values_that_are_read_in_a_later_loop_reach_any_member()
    {
        var (graph, z, x) = Families(ForwardBackward.CompiledModel);
        Assert.True(graph.Reaches(z.At(1), x.At(2)));
    }

    [Fact]
    public void In_nested_loops_the_outer_round_is_the_same()
    {
        var graph = NestedLoops.CompiledModel.Graph;
        var (row, cell) = (graph.Sites["row_{0}"], graph.Sites["cell_{0}_{1}"]);
        Assert.True(graph.Reaches(row.At(1), cell.At(1, 0)));
        Assert.False(graph.Reaches(row.At(1), cell.At(0, 1)));
    }

    private static (SiteGraph Graph, Site Z, Site X) Families<TArgs>(Program<TArgs> program) =>
        (program.Graph, program.Sites["z_{0}"], program.Sites["x_{0}"]);
}
