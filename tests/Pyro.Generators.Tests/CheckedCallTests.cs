using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>Calls with which TorchSharp can end the process: in compiled bodies they are the runtime's checked ones.</summary>
public class CheckedCallTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using Pyro;
        using Pyro.Distributions;
        using TorchSharp;
        using static Pyro.Primitives;
        using static TorchSharp.torch;

        """;

    public static IEnumerable<TestCaseData<string, string>> Calls() =>
    [
        new("x.matmul(y)", "x.checked_matmul(y)"),
        new("x.matmul(target: y)", "x.checked_matmul(target: y)"),
        new("x?.matmul(y)", "x?.checked_matmul(y)"),
        new("x.T.matmul(y.mT).matmul(x.matmul(y))", "x.T.checked_matmul(y.mT).checked_matmul(x.checked_matmul(y))"),
        new("matmul(x, y)", "CheckedTorch.matmul(x, y)"),
        new("torch.matmul(target: y, input: x)", "CheckedTorch.matmul(target: y, input: x)"),
        new("TorchSharp.torch.matmul(x, y)", "CheckedTorch.matmul(x, y)"),
        new("new Func<Tensor, Tensor>(x.matmul)(y)", "new Func<Tensor, Tensor>(x.checked_matmul)(y)"),
        new("new Func<Tensor, Tensor, Tensor>(torch.matmul)(x, y)", "new Func<Tensor, Tensor, Tensor>(CheckedTorch.matmul)(x, y)"),
        new("new Func<Tensor, Tensor>(static a => a.matmul(a))(y)", "new Func<Tensor, Tensor>(static a => a.checked_matmul(a))(y)"),
        new("x.cummax(0).indexes", "x.checked_cummax(0).indexes"),
        new("cummin(y, dim: 0).indices", "CheckedTorch.cummin(y, dim: 0).indices"),
        new("x.var(1, keepdim: true)", "x.checked_var(1, keepdim: true)"),
        new("x.var((0, 1))", "x.checked_var((0, 1))"),
        new("x.var(new long[] { 0 })", "x.checked_var(new long[] { 0 })"),
        new("torch.var(x, 0)", "CheckedTorch.var(x, 0)"),
        new("x.var()", "x.var()"),
        new("x.var(false)", "x.var(false)"),
        new("x[TensorIndex.Slice(0, 3, n), y]", "x[CheckedTorch.Slice(0, 3, n), y.checked_index()]"),
        new("x[TensorIndex.Slice(n, 3), TensorIndex.Slice(0, 9, 2)]", "x[TensorIndex.Slice(n, 3), TensorIndex.Slice(0, 9, 2)]"),
        new("x[TensorIndex.Slice(step: n)]", "x[CheckedTorch.Slice(step: n)]"),
        new("x[y!, n]", "x[y!.checked_index(), n]"),
        new("x?[y]", "x?[y.checked_index()]"),
        new("x[n, ..][Sample(\"k\", new Poisson(1)).to(ScalarType.Int64)]", "x[n, ..][__context.Sample(ModelSites.K, new Poisson(1)).to(ScalarType.Int64)]"),
        new("autograd.grad([x * 2], [x])[0]", "CheckedTorch.grad([x * 2], [x])[0]"),
        new("torch.autograd.grad(new List<Tensor> { x }, [x], create_graph: true)[0]", "CheckedTorch.grad(new List<Tensor> { x }, [x], create_graph: true)[0]"),
        new("new Dictionary<Tensor, Tensor>()[y]", "new Dictionary<Tensor, Tensor>()[y]"),
        new("matmul", "matmul"),
        new("nameof(torch.matmul) + matmul", "nameof(torch.matmul) + matmul"),
    ];

    [TestCaseSource(nameof(Calls))]
    public void Call_IsChecked_WhereTorchSharpCanEndTheProcess(string written, string expected)
    {
        var own = written.EndsWith("matmul", StringComparison.Ordinal) ? "var matmul = 3;" : "";
        var text = Generated($$"""public static partial class A { [Model] public static void Model(Tensor x, Tensor y, int n) { {{own}} object? value = {{written}}; } }""");
        Assert.That(text, Does.Contain($"object? value = {expected};"));
        Assert.That(text.Contains("using Pyro.Checks;", StringComparison.Ordinal), Is.EqualTo(expected.Contains("checked_", StringComparison.Ordinal) || expected.Contains("CheckedTorch", StringComparison.Ordinal)));
    }

    [Test]
    public void LocalFunction_IsChecked_AndStaysStatic()
    {
        var text = Generated("""
            public static partial class A { [Model] public static void Model(Tensor x) {
                static Tensor Square(Tensor a) => a.matmul(a);
                static Tensor Draw() => Sample("z", new Normal(0, 1));
                Square(Draw()); } }
            """);
        Assert.That(text, Does.Contain("static Tensor Square(Tensor a) => a.checked_matmul(a);"));
        Assert.That(text, Does.Not.Contain("static Tensor Draw()"));
    }

    [Test]
    public void OwnUsing_IsNotRepeated()
    {
        var text = Generated("public static partial class A { [Model] public static void Model(Tensor x) { x.matmul(x); x.checked_matmul(x); } }", "using Pyro.Checks;\n");
        Assert.That(text, Does.Contain(" x.checked_matmul(x);\n"));
        Assert.That(text.Split("using Pyro.Checks;"), Has.Length.EqualTo(2));
    }

    [Test]
    public void CallerArgumentExpression_IsAsWritten()
    {
        var text = Generated("""
            public static partial class A {
                [Model] public static void Model(Tensor x) { Named(x.matmul(x)); }
                private static void Named(Tensor x, [System.Runtime.CompilerServices.CallerArgumentExpression("x")] string text = "") { } }
            """);
        Assert.That(text, Does.Contain("""Named(x.checked_matmul(x), text: "x.matmul(x)");"""));
    }

    [Test]
    public void Function_IsNamedInFull_WhereItsClassWouldBeAnother()
    {
        var text = Generated("""
            public static partial class A { private static class CheckedTorch { } [Model] public static void Model(Tensor x) { matmul(x, x); } }
            """);
        Assert.That(text, Does.Contain(" global::Pyro.Checks.CheckedTorch.matmul(x, x);"));
    }

    private static string Generated(string source, string usings = "") =>
        GeneratorHarness.Generate(new ModelGenerator(), [TrackingNames.Models, TrackingNames.Guides], ("Model.cs", usings + Usings + source)).Values.Single();
}
