using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Checks;

/// <summary>
/// The checked operations give what TorchSharp's give, and an exception where those end the process. (That they never end it is shown out of process, by Pyro.Aborts.)
/// </summary>
public class CheckedTests
{
    private static readonly long[][] s_shapes = [[3], [2, 3], [3, 2], [1, 3], [0, 3], [3, 0], [4, 2, 3], [4, 3, 2], [1, 3, 5], [2, 4, 2, 3], [2, 1, 3, 2]];

    [Test]
    public void Matmul_IsThatOfTorchSharp_WithItsGradients()
    {
        using var scope = NewDisposeScope();
        var products = 0;
        foreach (var left in s_shapes)
            foreach (var right in s_shapes.Where(right => left[^1] == right[Math.Max(0, right.Length - 2)]))
            {
                Tensor x = rand(left, ScalarType.Float64).requires_grad_(), y = rand(right, ScalarType.Float64).requires_grad_();
                if (left.Length > 2 && right.Length > 2 && left[0] != right[0] && left[0] != 1 && right[0] != 1)
                    continue;
                Tensor actual = x.checked_matmul(y), expected = x.matmul(y);
                Assert.That(actual.shape, Is.EqualTo(expected.shape));
                Assert.That(actual.Numbers(), Is.EqualTo(expected.Numbers()));
                var slopes = CheckedTorch.grad([actual.sum()], [x, y]);
                var wanted = autograd.grad([expected.sum()], [x, y]);
                for (var i = 0; i < 2; i++)
                    Numeric.Close(wanted[i].Numbers(), slopes[i].Numbers(), 1e-12);
                products++;
            }
        Assert.That(products, Is.InRange(30, 60));
    }

    [Test]
    public void Matmul_NamesBothShapes_WhereTheyDoNotFit()
    {
        Says(() => ones(5, 4).checked_matmul(ones(3)), "Float32 (5, 4)", "Float32 (3)", "the last dimension of the first, 4", "3, must be the same");
        Says(() => ones(4).checked_matmul(ones(3, 4)), "(4)", "(3, 4)", "second last dimension of the second, 3");
        Says(() => ones(2, 3, 4).checked_matmul(ones(5, 4, 3)), "(2, 3, 4)", "(5, 4, 3)", "do not broadcast");
        Says(() => ones([]).checked_matmul(ones(3)), "()", "(3)", "at least one dimension");
        Says(() => ones(3).checked_matmul(ones([3], ScalarType.Float64)), "Float32 (3)", "Float64 (3)", "dtypes", "to_type");
        Says(() => ones([3], ScalarType.Bool).checked_matmul(ones([3], ScalarType.Bool)), "Bool (3)", "to_type");
        Assert.That(Assert.Throws<ArgumentNullException>(() => ones(3).checked_matmul(null!)).ParamName, Is.EqualTo("target"));
        var ended = ones(3);
        ended.Dispose();
        Assert.That(Assert.Throws<InvalidOperationException>(() => ones(3).checked_matmul(ended)).Message, Does.Contain("handle"));
    }

    [Test]
    public void OtherOperations_AreThoseOfTorchSharp_OrSayWhatIsWrong()
    {
        var x = rand(2, 3);
        Assert.That(x.checked_cummax(1).indexes.Numbers(), Is.EqualTo(x.cummax(1).indexes.Numbers()));
        Assert.That(CheckedTorch.cummin(x, -2).values.Numbers(), Is.EqualTo(cummin(x, -2).values.Numbers()));
        Assert.That(x.checked_var(0, unbiased: false, keepdim: true).Numbers(), Is.EqualTo(x.var(0, unbiased: false, keepdim: true).Numbers()));
        Assert.That(CheckedTorch.var(x, [0, 1]).Number(), Is.EqualTo(x.var((0, 1)).Number()));
        Assert.That(x[.., CheckedTorch.Slice(0, 3, 3)].reshape(-1).Numbers(), Is.EqualTo(x[.., 0].Numbers()));
        Assert.That(x.checked_index(), Is.SameAs(x));
        Says(() => x.checked_cummax(2), "cummax", "(2, 3)", "no dimension 2", "from -2 to 1");
        Says(() => x.to_type(ScalarType.ComplexFloat32).checked_cummin(0), "complex");
        Says(() => x.to_type(ScalarType.Int64).checked_var(0), "var of Int64 (2, 3)", "to_type");
        Assert.That(Assert.Throws<ArgumentOutOfRangeException>(() => CheckedTorch.Slice(0, 3, 0)).ParamName, Is.EqualTo("step"));
        Assert.That(Assert.Throws<ArgumentNullException>(() => ((Tensor?)null).checked_index()).ParamName, Is.EqualTo("index"));
    }

    [Test]
    public void Grad_IsThatOfTorchSharp_AndLeavesGradients()
    {
        var x = rand([3], ScalarType.Float64).requires_grad_();
        var y = rand([3], ScalarType.Float64).requires_grad_();
        (x * 5).sum().backward();
        var inner = x.square() * y;
        var outer = inner.exp();
        var weights = rand([3], ScalarType.Float64);
        var expected = autograd.grad([outer], [x, inner], [weights], retain_graph: true);
        var actual = CheckedTorch.grad([outer], [x, inner], [weights], retain_graph: true);
        for (var i = 0; i < 2; i++)
            Assert.That(actual[i].Numbers(), Is.EqualTo(expected[i].Numbers()));
        Assert.That(x.grad!.Numbers(), Is.EqualTo(new[] { 5.0, 5, 5 }));
        Assert.That(y.grad, Is.Null);

        // Once more through the derivative.
        Tensor Slope(IList<Tensor> derivatives) => derivatives[0].square().sum();
        var second = CheckedTorch.grad([Slope(CheckedTorch.grad([outer.sum()], [x], create_graph: true, retain_graph: true))], [y], retain_graph: true)[0];
        Numeric.Close(autograd.grad([Slope(autograd.grad([outer.sum()], [x], create_graph: true, retain_graph: true))], [y])[0].Numbers(), second.Numbers(), 1e-12);
    }

    [Test]
    public void Grad_Throws_WhereTorchSharpEndsTheProcess()
    {
        var x = ones(3, requires_grad: true);
        var other = ones(2, requires_grad: true);
        var y = x.square();
        Assert.Catch(() => CheckedTorch.grad([y], [x]));
        Assert.Catch(() => CheckedTorch.grad([y], [x], [ones(4)]));
        Says(() => CheckedTorch.grad([], [x]), "at least one output");
        Says(() => CheckedTorch.grad([y.sum()], []), "one input");
        Says(() => CheckedTorch.grad([y.sum()], [x, ones(7)]), "input 1", "(7)", "requires_grad");
        Says(() => CheckedTorch.grad([y.sum()], [x, other], retain_graph: true), "input 1", "(2)", "allow_unused");
        Assert.That(x.grad, Is.Null);
        Assert.That(CheckedTorch.grad([y.sum()], [x, other], allow_unused: true)[1].IsInvalid);
        Assert.Catch(() => CheckedTorch.grad([y.sum()], [x]));
    }

    private static void Says(Func<object> operation, params string[] words)
    {
        var message = Assert.Throws<ArgumentException>(() => operation()).Message;
        foreach (var word in words)
            Assert.That(message, Does.Contain(word));
    }
}
