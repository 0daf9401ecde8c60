using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Tests;

/// <summary>What densities are computed from: through copies, branches, functions and loops; of which shape; and what is not known of them.</summary>
public class DensityTests
{
    // Constants and copies.
    [TestCase("var s = 2f; var t = s * 3; var a = Sample(\"a\", new Normal(0, t)); var d = new Normal(a, s); Sample(\"x\", d);", "new Normal('a', 2f)")]
    [TestCase("var a = Sample(\"a\", new Normal(0, 1)); var b = a; a = b.exp(); b = a + 1; Sample(\"x\", new Normal(b, a));", "new Normal((exp('a') + 1), exp('a'))")]
    [TestCase("var (m, s) = (n * 2f, 1f); Sample(\"x\", new Normal(m, s));", "new Normal((n * 2f), 1f)")]
    [TestCase("Observe(\"o\", new Normal(0, 1), data); Sample(\"x\", new Normal(Observe(\"p\", new Normal(0, 1), data), 1));", "new Normal(data, 1)")]
    [TestCase("var p = Param(\"p\", 1f, Constraints.Positive); Sample(\"x\", new Gamma(p, torch.exp(p)));", "new Gamma('p', exp('p'))")]
    [TestCase("Sample(\"x\", new Bernoulli(logits: data));", "new Bernoulli(logits: data)")]
    [TestCase("Sample(\"x\", new Normal(data[1..3, n] * stack([data[0], data[^1]]), 1));", "new Normal((data[(1 .. 3), n] * stack({data[0], data[^(1)]})), 1)")]
    [TestCase("Sample(\"x\", new Normal(data[TensorIndex.Slice(1, 3)] + new[] { 1f, 2f }.Length, 1));", "new Normal((data[Slice(1, stop: 3)] + {1f, 2f}.Length), 1)")]
    [TestCase("var m = Deterministic(\"m\", data * 2); Sample(\"x\", new Normal(m, 1));", "new Normal((data * 2), 1)")]
    // Branches.
    [TestCase("Tensor m; if (n > 1) m = data; else m = data * 2; Sample(\"x\", new Normal(m, 1));", "new Normal(((n > 1) ? data : (data * 2)), 1)")]
    [TestCase("var m = n > 1 ? 0f : 1f; Sample(\"x\", new Normal(m, 1));", "new Normal(((n > 1) ? 0f : 1f), 1)")]
    [TestCase("var m = data; if (n > 1) throw new Exception(); Sample(\"x\", new Normal(m, 1));", "new Normal(data, 1)")]
    [TestCase("var m = data; switch (n) { case 1: m = m + 1; break; case 2: m = m + 2; break; } Sample(\"x\", new Normal(m, 1));", "new Normal(m, 1)")]
    [TestCase("if (n > 1) Sample(\"x\", new Normal(0, 1)); else Sample(\"x\", new Normal(1, 1));", null)]
    // Loops: what is carried is not known; what is not, is.
    [TestCase("var m = data; var s = 1f; for (var i = 0; i < 3; i++) m = m + 1; Sample(\"x\", new Normal(m, s));", "new Normal(m, 1f)")]
    [TestCase("for (var i = 0; i < 3; i++) { var m = data[i] * 2; Sample($\"x_{i}\", new Normal(m, 1)); }", "new Normal((data[i] * 2), 1)")]
    [TestCase("var a = Sample(\"a\", new Normal(0, 1)); foreach (var i in IRange(\"r\", 3)) { var b = a * 2; Sample($\"x_{i}\", new Normal(b, 1)); }", "new Normal(('a' * 2), 1)")]
    // Functions.
    [TestCase("Tensor Twice(Tensor of) => of * 2; Sample(\"x\", new Normal(Twice(data), 1));", "new Normal((data * 2), 1)")]
    [TestCase("Tensor Either(Tensor of) { if (n > 1) return of; return of * 2; } Sample(\"x\", new Normal(Either(data), 1));", "new Normal(C# `Either(…)`, 1)")]
    [TestCase("Func<Tensor, Tensor> f = of => of + 1; Sample(\"x\", new Normal(f(data), 1));", "new Normal((data + 1), 1)")]
    [TestCase("Tensor Deep(Tensor of, int k) => k == 0 ? of : Deep(of, k - 1); Sample(\"x\", new Normal(Deep(data, 3), 1));", "new Normal(((3 == 0) ? data : C# `Deep(…)`), 1)")]
    // What may have been changed is not what it was.
    [TestCase("var m = data; m.add_(1); Sample(\"x\", new Normal(data, 1));", "new Normal(data', 1)")]
    [TestCase("var m = data * 1; Action set = () => m = data; set(); Sample(\"x\", new Normal(m, 1));", "new Normal(data, 1)")]
    [TestCase("try { data = data + 1; Other(); } catch (Exception) { } Sample(\"x\", new Normal(data, 1));", "new Normal(data', 1)")]
    // Nor behind a jump, or a block that runs on the way out.
    [TestCase("var m = data; if (n > 1) goto end; m = data * 2; end: Sample(\"x\", new Normal(m, 1));", "new Normal(m, 1)")]
    [TestCase("var m = data; switch (n) { default: try { break; } finally { m = data * 2; } } Sample(\"x\", new Normal(m, 1));", "new Normal(m, 1)")]
    // Calls that are not known.
    [TestCase("Sample(\"x\", new Normal(Other(), 1));", "new Normal(C# `Other()`, 1)")]
    [TestCase("var d = new Normal(data.nonzero(), 1); Sample(\"x\", d);", "new Normal(C# `data.nonzero()`, 1)")]
    // One spelling for each operation.
    [TestCase("Sample(\"x\", new Normal(data.subtract(1).negative(), torch.special.expit(data)));", "new Normal(-(data - 1), sigmoid(data))")]
    [TestCase("Sample(\"x\", new Normal(data.exp() - MathF.Exp(n), Math.Abs(n)));", "new Normal((exp(data) - exp(n)), abs(n))")]
    // Choices are those of C#.
    [TestCase("var m = n switch { 1 => data, > 3 and < 9 => data * 2, _ => data * 3 }; Sample(\"x\", new Normal(m, 1));",
        "new Normal(((n == 1) ? data : (((n > 3) && (n < 9)) ? (data * 2) : (data * 3))), 1)")]
    [TestCase("var m = n switch { 1 => data, 2 => data * 2 }; Sample(\"x\", new Normal(m, 1));", "new Normal(((n == 1) ? data : when (n == 2) of ((data * 2))), 1)")]
    [TestCase("var m = n is 1 or not 2 && n < 4 ? 1f : 2f; Sample(\"x\", new Normal(m, 1));", "new Normal(((((n == 1) || !(n == 2)) && (n < 4)) ? 1f : 2f), 1)")]
    [TestCase("Tensor? m = null; Sample(\"x\", new Normal(m ?? data, 1));", "new Normal((null ?? data), 1)")]
    [TestCase("var m = data; var f = n > 1 && (m = data * 2) is not null; Sample(\"x\", new Normal(m, 1));", "new Normal(((n > 1) ? (data * 2) : data), 1)")]
    [TestCase("var m = data; var f = n > 1 || (m = data * 2) is not null; Sample(\"x\", new Normal(m, 1));", "new Normal(m, 1)")]
    [TestCase("Tensor? k = null; var m = data; var f = k ?? (m = data * 2); Sample(\"x\", new Normal(m, 1));", "new Normal(m, 1)")]
    // Numbers become others of the language's types.
    [TestCase("Sample(\"x\", new Normal((int)2.5f * n / 2 * 0.5f, 1));", "new Normal(((((int)2.5f * n) / 2) * 0.5f), 1)")]
    [TestCase("var i = 0; i++; Sample(\"x\", new Normal((long)(i * 1.5), 1));", "new Normal((long)((0 + 1) * 1.5), 1)")]
    [TestCase("var i = 3; var k = i++; Sample(\"x\", new Normal(k, ++i));", "new Normal(3, ((3 + 1) + 1))")]
    // Parts are what they are parts of.
    [TestCase("var (a, (b, c)) = (n, (data, 2f)); (a, n) = (n, a); Sample(\"x\", new Normal(b * a, c));", "new Normal((data * n), 2f)")]
    [TestCase("var pair = (data, 2f); var (a, b) = pair; Sample(\"x\", new Normal(a, b));", "new Normal({data, 2f}.Item1, {data, 2f}.Item2)")]
    [TestCase("if (data is { ndim: > 0, shape: var sizes }) Sample(\"x\", new Normal(sizes[0], 1));", "new Normal(data.shape[0], 1)")]
    [TestCase("if (n is > 0 and var above) Sample(\"x\", new Normal(above, 1));", "new Normal(n, 1)")]
    [TestCase("Sample(\"x\", new Normal(data.sum(dim: 1, keepdim: true), 1));", "new Normal(sum(data, dim: 1, keepdim: true), 1)")]
    [TestCase("Sample(\"x\", new Normal(layer.call(data), 1).ToEvent(1));", "ToEvent(new Normal(linear(data, Models.layer), 1), count: 1)")]
    public void Formula(string body, string? formula)
    {
        var program = Program(body);
        var density = program.Densities[program.Sites.Single(site => site.Name is "x" or "x_{0}").Slot];
        Assert.That(density.Distribution is null ? null : Printer.Print(density.Distribution, program.Sites), Is.EqualTo(formula));
    }

    [Test]
    public void Values_say_in_which_numbers_they_are_computed()
    {
        var program = Program("var k = n / 2; Sample(\"x\", new Normal(k * 0.5f + data, 1));");
        var sum = (Operation)((Creation)program.Densities.Single().Distribution!).Operands[0];
        var product = (Operation)sum.Operands[0];
        var cast = (Cast)product.Operands[0];
        Assert.That(new[] { sum, product, cast, cast.Value }.Select(value => value.Kind),
            Is.EqualTo([ValueKind.Tensor, ValueKind.Single, ValueKind.Single, ValueKind.Int32]));
        Assert.That(((Constant)product.Operands[1]).Number, Is.EqualTo(0.5));
    }

    [Test]
    public void A_step_of_a_loop_runs_behind_continue_as_well()
    {
        var loop = Program("for (var i = 0; i < n; i++) { if (i == 2) continue; Sample($\"x_{i}\", new Normal(0, 1)); }").Nodes.Statements().OfType<Loop>().Single();
        Assert.That(loop.Kind, Is.EqualTo(LoopKind.While));
        Assert.That(loop.Step.Nodes.OfType<Evaluate>().Select(step => Printer.Print(step.Value, [])), Is.EqualTo(["i := (i + 1)"]));
        Assert.That(loop.Body.Expressions().OfType<Assign>(), Is.Empty);
    }

    [TestCase("Sample(\"x\", new Normal(0, 1));", "[]")]
    [TestCase("Sample(\"x\", new Normal(zeros(3, 1), ones(4)));", "[3, 4]")]
    [TestCase("Sample(\"x\", new Normal(data, 1));", "shape of data")]
    [TestCase("Sample(\"x\", new Normal(data * 2 + n, data.exp()));", "shape of data")]
    [TestCase("Sample(\"x\", new Normal(data[0], 1));", "shape of data[0]")]
    [TestCase("Sample(\"x\", new Normal(zeros(n), 1));", "[n]")]
    [TestCase("Sample(\"x\", new Normal(zeros(n) + zeros(5, 1), 1));", "[5, n]")]
    [TestCase("Sample(\"x\", new Normal(zeros(n) + zeros(data.shape[0]), 1));", "[?]")]
    [TestCase("Sample(\"x\", new Dirichlet(ones(2, 3)));", "[2, 3]")]
    [TestCase("Sample(\"x\", new Normal(zeros(2, 3).sum(1), 1));", "[2]")]
    [TestCase("Sample(\"x\", new Normal(zeros(2, 3).mean(), 1));", "[]")]
    [TestCase("Sample(\"x\", new Normal(zeros(2, 3).sum(-1, keepdim: true), 1));", "[2, 1]")]
    [TestCase("Sample(\"x\", new Normal(zeros(2, 3).matmul(zeros(3, n)), 1));", "[2, n]")]
    [TestCase("Sample(\"x\", new Normal(zeros(2, 3).T.unsqueeze(0), 1));", "[1, 3, 2]")]
    [TestCase("Sample(\"x\", new Normal(zeros(6).reshape(2, -1), 1));", "[2, ?]")]
    [TestCase("Sample(\"x\", new Normal(tensor(new[] { 1f, 2f }), 1));", "[2]")]
    [TestCase("using (IArange(\"p\", 8)) Sample(\"x\", new Normal(0, 1));", "[8]")]
    [TestCase("using (IArange(\"p\", data.shape[0])) Sample(\"x\", new Normal(0, 1));", "[data.shape[0]]")]
    [TestCase("using (IArange(\"p\", 8)) using (IArange(\"q\", n)) Sample(\"x\", new Normal(zeros(8, 1), 1));", "[8, n]")]
    [TestCase("using (IArange(\"p\", 100, 10)) Sample(\"x\", new Normal(0, 1));", "[10]")]
    [TestCase("using var p = IArange(\"p\", 8); Sample(\"x\", new Dirichlet(ones(3)));", "[8, 3]")]
    [TestCase("var a = Sample(\"a\", new Normal(zeros(4), 1)); Sample(\"x\", new Normal(a, Param(\"s\", () => ones(2, 1))));", "[2, 4]")]
    [TestCase("Sample(\"x\", new MultivariateNormal(zeros(3), scaleTril: eye(3)));", "[3]")]
    [TestCase("using (IArange(\"p\", 8)) Sample(\"x\", new LowRankMultivariateNormal(zeros(3), ones(3, 1), ones(3)));", "[8, 3]")]
    [TestCase("Sample(\"x\", new MultivariateNormal(zeros(3), Other()));", null)]
    [TestCase("Sample(\"x\", new LKJCholesky(3, 1));", null)]
    [TestCase("Sample(\"x\", new Normal(Other(), 1));", null)]
    public void Shape(string body, string? shape)
    {
        var program = Program(body);
        Assert.That(program.Densities[program.Sites.Single(site => site.Name == "x").Slot].Shape?.ToString(), Is.EqualTo(shape));
    }

    [TestCase("Sample(\"x\", new Normal(data.exp() + 1, 1));", "(exp(data) + 1)")]
    [TestCase("var a = Sample(\"a\", new Normal(0, 1)); Sample(\"x\", new Normal(data.matmul(data.T) * a, 1));", "matmul(data, data.T)")]
    [TestCase("Sample(\"x\", new Normal(data, 1));", "")]
    [TestCase("Sample(\"x\", new Normal(data[0], 1));", "")]
    [TestCase("data.add_(1); Sample(\"x\", new Normal(data.exp(), 1));", "")]
    [TestCase("Sample(\"x\", new Normal(Other().exp(), 1));", "")]
    public void The_same_in_every_step(string body, string expected)
    {
        var program = Program(body);
        var density = program.Densities[program.Sites.Single(site => site.Name == "x").Slot];
        Assert.That(string.Join("; ", density.OnceForAll.Select(value => Printer.Print(value, program.Sites))), Is.EqualTo(expected));
    }

    [Test]
    public void Every_spelling_of_the_table_is_one_of_a_method_a_layer_or_an_operator()
    {
        var compilation = Compile("");
        string[] homes =
        [
            "TorchSharp.torch+Tensor", "TorchSharp.torch", "TorchSharp.torch+special", "TorchSharp.torch+linalg", "TorchSharp.torch+nn+functional", "TorchSharp.torch+TensorIndex",
            "TorchSharp.TensorExtensionMethods", "TorchSharp.ScalarExtensionMethods", "System.Math", "System.MathF", "System.Single", "System.Double", "Pyro.Distributions.Distribution",
        ];
        var methods = homes.SelectMany(home => compilation.GetTypeByMetadataName(home)!.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method.DeclaredAccessibility == Accessibility.Public && Operations.Of(method) is not null).Select(method => method.Name.TrimEnd('_'));
        var layers = ((INamespaceSymbol)compilation.GetTypeByMetadataName("TorchSharp.Modules.ReLU")!.ContainingNamespace).GetTypeMembers()
            .Where(layer => Operations.OfModule(layer) is not null).Select(layer => layer.Name);
        var spelled = Operations.All.SelectMany(op => op.Spellings.Prepend(op.Name)).Where(spelling => char.IsLetter(spelling[0]));
        Assert.That(spelled.Except(methods).Except(layers), Is.Empty);
        Assert.That(Operations.All.Select(op => op.Operator).OfType<string>(), Is.EquivalentTo(
            ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&", "|", "^", "<<", ">>"]));
        Assert.That(Operations.All.Select(op => op.Prefix).OfType<string>(), Is.EquivalentTo(["-", "!", "~"]));
    }

    private static ProgramIr Program(string body)
    {
        var compilation = Compile(body);
        Assert.That(compilation.GetDiagnostics(TestContext.CurrentContext.CancellationToken).Where(problem => problem.Severity == DiagnosticSeverity.Error), Is.Empty);
        var tree = compilation.SyntaxTrees.Single();
        var method = tree.GetRoot(TestContext.CurrentContext.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>().Single(method => method.AttributeLists.Count > 0);
        var symbol = (IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(method, TestContext.CurrentContext.CancellationToken)!;
        return ProgramCompiler.Compile(symbol, compilation, TestContext.CurrentContext.CancellationToken, out _)!;
    }

    private static CSharpCompilation Compile(string body) => CSharpCompilation.Create(
        "Programs",
        [CSharpSyntaxTree.ParseText($$"""
            using System;
            using Pyro;
            using Pyro.Distributions;
            using TorchSharp;
            using static Pyro.Primitives;
            using static TorchSharp.torch;
            public static partial class Models
            {
                private static readonly TorchSharp.Modules.Linear layer = nn.Linear(1, 1);
                private static Tensor Other() => zeros(1);
                [Model] public static void Model(Tensor data, int n) { {{body}} }
            }
            """)],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
