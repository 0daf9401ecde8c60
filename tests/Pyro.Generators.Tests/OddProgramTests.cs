using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>What C# allows around and in a model and few write: each compiles without a warning.</summary>
public class OddProgramTests
{
    private const string Usings = GeneratorHarness.Usings;

    public static IEnumerable<TestCaseData<string, string>> Programs() =>
    [
        new("a parameter of a private type", """
            public static partial class A { private sealed record Data(Tensor X); [Model] private static void Model(Data data) { Observe("x", new Normal(0, 1), data.X); } }
            """),
        new("a result of an internal type", """
            internal sealed record Data(Tensor X);
            public static partial class A { [Model] internal static Data Model(int n) => new(Sample("x", new Normal(n, 1))); }
            """),
        new("a protected nested type", """
            public partial class A { protected enum Kind { One, Two } [Model] protected Tensor Model(Kind kind, List<Kind[]> more) => Sample("x", new Normal((int)kind + more.Count, 1)); }
            """),
        new("names that the generated code uses", """
            public static partial class A { [Model] public static void Model(Tensor context, int args, float Rest, float Item1, string ToString, int value) {
                var name = ToString; var Handles = value; var Plates = args; var _owner = Rest + Item1;
                Sample("x", new Normal(_owner + Handles + Plates, 1)); Observe("y", new Normal(0, 1), context); Console.Write(name); } }
            """),
        new("a guide and a model of one name by case", """
            public static partial class A { [Model] public static void Model() { Sample("x", new Normal(0, 1)); } [Model] public static void model() { Sample("x", new Normal(0, 1)); } }
            """),
        new("Model and Model2 beside overloads of Model", """
            public static partial class A { [Model] public static void Model() { Sample("x", new Normal(0, 1)); } [Model] public static void Model(int n) { Sample("x", new Normal(n, 1)); }
                [Model] public static void Model2() { Sample("x", new Normal(0, 1)); } }
            """),
        new("sites with names of members", """
            public static partial class A { [Model] public static void Model() { Sample("Equals", new Normal(0, 1)); Sample("equals", new Normal(0, 1)); Sample("ToString", new Normal(0, 1)); Sample("GetType", new Normal(0, 1));
                Sample("Values", new Normal(0, 1)); Sample("Trace", new Normal(0, 1)); Sample("Table", new Normal(0, 1)); Sample("Graph", new Normal(0, 1)); Sample("ModelTrace", new Normal(0, 1)); Sample("Item", new Normal(0, 1));
                Sample("x", new Normal(0, 1)); for (var i = 0; i < 2; i++) Sample($"x_{i}", new Normal(0, 1)); for (var i = 0; i < 2; i++) Sample($"x{i}", new Normal(0, 1)); Sample("x__0_", new Normal(0, 1)); } }
            """),
        new("plates with the names of members", """
            public static partial class A { [Model] public static void Model() { using (IArange("Plates", 2)) using (IArange("Handles", 2)) using (IArange("class", 2)) Sample("x", new Normal(0, 1)); } }
            """),
        new("a static local function and a static lambda that sample", """
            public static partial class A { [Model] public static Tensor Model() { static Tensor Draw(string of) => Sample("x", new Normal(of.Length, 1)); Func<float, Tensor> f = static mean => Sample("y", new Normal(mean, 1)); return Draw("a") + f(1); } }
            """),
        new("a local iterator that samples", """
            public static partial class A { [Model] public static void Model() { foreach (var x in Draws()) Observe("y_" + 1, new Normal(x, 1), zeros(1)); IEnumerable<Tensor> Draws() { yield return Sample("x", new Normal(0, 1)); } } }
            """),
        new("an unsafe body", """
            public static partial class A { [Model] public static unsafe void Model(int n) { int* p = &n; Sample("x", new Normal(*p, 1)); } }
            """),
        new("without nullable annotations", """
            #nullable disable
            public static partial class A { [Model] public static string Model(string text, List<string> more = null) { string s = null; text = s; Sample("x", new Normal(0, 1)); return text; } }
            """),
        new("directives in the body", """
            public static partial class A { [Model] public static void Model(int n) {
            #region drawing
            #if NEVER
                Sample("never", new Normal(0, 1));
            #else
                Sample("x", new Normal(0, 1));
            #endif
            #endregion
            #pragma warning disable CS0219
                var unused = 1;
            #pragma warning restore CS0219
            #nullable disable
                string s = null; Console.Write(s);
            #nullable restore
            } }
            """),
        new("an arrow over directives", """
            public static partial class A { [Model] public static Tensor Model(int n) =>
            #if NEVER
                Sample("never", new Normal(0, 1));
            #else
                Sample("x", new Normal(0, 1));
            #endif
            }
            """),
        new("raw and verbatim strings", """"
            public static partial class A { [Model] public static string Model() {
                var text = """
                    a
                      b
                    """;
                var other = @"c
                d";
                Sample(@"x", new Normal(0, 1)); Sample("""y""", new Normal(0, 1)); Sample($"""z{1}""", new Normal(0, 1)); return text + other; } }
            """"),
        new("locals with the names of generated members", """
            public static partial class A { [Model] public static Tensor Model(int n) { var __context = n; var CompiledModel = n; var ModelProgram = n; var RunModel = n; return Sample("x", new Normal(__context + CompiledModel + ModelProgram + RunModel, 1)); } }
            """),
        new("locals with the names of generated classes", """
            public static partial class A { [Model] public static Tensor Model(int n) { var ModelSites = n; var ModelPlates = n; using var plate = IArange("p", 2); return Sample("x", new Normal(ModelSites + ModelPlates, 1)); } }
            """),
        new("a local with the name of the body that is called", """
            public partial class A { [Model] public Tensor Prior() => Sample("p", new Normal(0, 1)); [Model] public static Tensor Scale() => Sample("s", new LogNormal(0, 1));
                [Model] public Tensor Model(int n) { var RunPrior = n; var RunScale = n; return Prior() + RunPrior * Scale() + RunScale; } }
            """),
        new("a nullable type where annotations mean nothing", """
            #nullable disable
            #pragma warning disable CS8632
            public static partial class A { [Model] public static Tensor? Model(Tensor? x, List<Tensor?> more) { Observe("x", new Normal(0, 1), x); return x; } }
            """),
        new("nullable annotations without warnings", """
            #nullable disable
            #nullable enable annotations
            public static partial class A { [Model] public static Tensor? Model(Tensor? x, List<Tensor?> more) { Observe("x", new Normal(0, 1), x); return x; } }
            """),
        new("a type that is local to a file, beside models", """
            file class Helper { public static int N => 1; } file static class Extensions { public static int Twice(this int n) => 2 * n; }
            public static partial class A { private static int Twice(int n) => n + Helper.N; [Model] public static void Model(int n) { var Helper = n; Sample("x", new Normal(Helper + Twice(n), 1)); } }
            """),
        new("members with the names of generated members", """
            public static partial class A { static int Run(int n) => n; static int Handles => 1; static int Plates => 2; [Model] public static Tensor Model(int n) => Sample("x", new Normal(Run(n) + Handles + Plates, 1)); }
            """),
        new("trivia in a namespace's name", """
            namespace Some /* place */ . /* of */ Place // here
            { public static partial class A { [Model] public static Tensor Model(int n) => Sample("x", new Normal(n, 1)); } }
            """),
        new("lines of another file", """
            public static partial class A { [Model] public static Tensor Model(int n) {
            #line 100 "Other.cs"
                var m = n;
            #line hidden
                m++;
            #line default
                return Sample("x", new Normal(m, 1)); } }
            """),
        new("calls that only some builds make", """
            public static partial class A { [System.Diagnostics.Conditional("NEVER")] static void Log(int n) => Console.Write(n); [Model] public static Tensor Model(int n) { Log(n); System.Diagnostics.Trace.WriteLine(n); return Sample("x", new Normal(n, 1)); } }
            """),
        new("jumps", """
            public static partial class A { [Model] public static void Model(int n) { var i = 0; again: Sample("x" + i, new Normal(i, 1)); if (++i < n) goto again; switch (n) { case 0: goto case 1; case 1: goto default; default: break; } } }
            """),
        new("carriage returns", "public static partial class A { [Model] public static void Model() {\r\n  var x = Sample(\"x\",\r\n    new Normal(0, 1));\r\n  Sample(\"y\", new Normal(x, 1));\r\n} }\r\n"),
        new("a partial method", """
            public static partial class A { [Model] public static partial Tensor Model(int n = 2); public static partial Tensor Model(int n) => Sample("x", new Normal(n, 1)); }
            """),
        new("a partial method marked at its body", """
            public static partial class A { public static partial Tensor Model(int n); [Model] public static partial Tensor Model(int n) => Sample("x", new Normal(n, 1)); }
            """),
        new("constraints of type parameters", """
            public interface IHas { Tensor X { get; } }
            public partial class A<T, U>(T item) where T : class, IHas where U : struct { [Model] public void Model(U u) { Observe("x", new Normal(0, 1), item.X); u.ToString(); } }
            """),
        new("records and structs", """
            public readonly partial record struct R(float Scale) { [Model] public Tensor Model() => Sample("x", new Normal(0, Scale)); }
            public readonly partial struct S(float scale) { [Model] public Tensor Model() => Sample("x", new Normal(0, scale)); }
            public sealed partial record C(float Scale) { [Model] public Tensor Model() => Sample("x", new Normal(0, Scale)); }
            """),
        new("virtual, override, sealed, new", """
            public partial class Base { [Model] public virtual Tensor Model() => Sample("x", new Normal(0, 1)); [Model] public Tensor Other() => Sample("o", new Normal(0, 1)); }
            public partial class Derived : Base { [Model] public sealed override Tensor Model() => base.Model() + Sample("y", new Normal(0, 1)); [Model] public new Tensor Other() => Sample("o2", new Normal(0, 1)); }
            """),
        new("an overriding model of an abstract method", """
            public abstract partial class Base { public abstract Tensor Model(); }
            public partial class Derived : Base { [Model] public override Tensor Model() => Sample("x", new Normal(0, 1)); }
            """),
        new("primitives by other ways", """
            public static partial class A { [Model] public static Tensor Model() { Func<string, Distribution, Tensor> draw = (name, of) => Sample(name, of); return global::Pyro.Primitives.Sample("x", new Normal(0, 1)) + draw("y", new Normal(0, 1)); } }
            """),
        new("usings inside of a namespace, aliases", """
            namespace Some.Place
            {
                using Gauss = Pyro.Distributions.Normal;
                using Pair = (int First, float Second);
                public static partial class A { [Model] public static Tensor Model(Pair pair) => Sample("x", new Gauss(pair.First, pair.Second)); }
            }
            """),
        new("keywords as names", """
            namespace @namespace.@class { public static partial class @static { [Model] public static void @void(int @int, float @params) { Sample("x", new Normal(@int, @params)); } } }
            """),
        new("eight arguments and more", """
            public static partial class A { [Model] public static void Model(int a, int b, int c, int d, int e, int f, int g, int h, Tensor i) { Observe("x", new Normal(a + b + c + d, e + f + g + h), i); } }
            """),
        new("default values of all kinds", """
            public enum Kind { One, Two }
            public static partial class A { const float Half = 0.5f; [Model] public static void Model(float a = Half, double b = double.NaN, decimal c = 1.5m, char d = '\n', string e = "a\"b", Kind f = Kind.Two, Kind? g = null, DateTime h = default, long i = long.MinValue, float j = float.PositiveInfinity, Kind k = (Kind)7, object? l = null, bool m = true, nint o = 3, byte p = 255, List<int>? q = default) { Sample("x", new Normal(a, 1)); } }
            """),
        new("parameters with attributes and scoped parameters", """
            public static partial class A { [Model] public static void Model([System.Diagnostics.CodeAnalysis.NotNull] Tensor? x, params IReadOnlyList<int> rest) { ArgumentNullException.ThrowIfNull(x); Observe("x", new Normal(rest.Count, 1), x); } }
            """),
        new("a body that never ends", """
            public static partial class A { [Model] public static Tensor Model() => throw new NotSupportedException(Sample("x", new Normal(0, 1)).ToString()); }
            """),
        new("an obsolete member and a warning of the user's own", """
            public static partial class A { [Obsolete] static int Old => 1; [Model, Obsolete] public static void Model() { Sample("x", new Normal(Old, 1)); } }
            """),
        new("a field keyword and an extension", """
            public static partial class Ext { [Model] public static Tensor Draw(this Tensor mean, float scale) => Sample("x", new Normal(mean, scale)); }
            public static partial class A { [Model] public static Tensor Model() => zeros(1).Draw(2) + Ext.Draw(ones(1), 1); }
            """),
        new("a model called on another object, by conditional access", """
            public partial class B { [Model] public Tensor Prior() => Sample("mu", new Normal(0, 1)); public B? Next { get; set; } }
            public static partial class A { [Model] public static Tensor? Model(B? b) => b?.Prior(); }
            """),
        new("a model as a delegate", """
            public static partial class A { [Model] public static Tensor Prior(int i) => Sample("p" + i, new Normal(0, 1)); [Model] public static void Model() { Func<int, Tensor> f = Prior; f(1); new[] { 2, 3 }.Select(Prior).ToList(); } }
            """),
        new("unused and discarded names", """
            public static partial class A { [Model] public static void Model(Tensor _, int __) { Observe("x", new Normal(__, 1), _); } }
            """),
        new("generic attributes, conditional calls, checked and locks", """
            public static partial class A { [Model] public static void Model(object gate, int n) { System.Diagnostics.Debug.Assert(n > 0); lock (gate) { checked { n += Sample("x", new Bernoulli(0.5)).item<int>(); } } unchecked { n++; } } }
            """),
        new("caller information", """
            public static partial class A { static string Where([System.Runtime.CompilerServices.CallerMemberName] string name = "", [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) => name + line; [Model] public static void Model() { Sample(Where(), new Normal(0, 1)); } }
            """),
        new("a type in the global namespace called Pyro's neighbours", """
            public class Site { } public class RunContext { } public class Program { }
            public static partial class A { [Model] public static void Model(Site site, Program program) { Sample("x", new Normal(0, 1)); } }
            """),
        new("a namespace that ends in Pyro", """
            namespace Company.Pyro { public static partial class A { [global::Pyro.Model] public static void Model() { Sample("x", new Normal(0, 1)); using (IArange("p", 3)) Sample("y", new Normal(0, 1)); } } }
            """),
        new("nested generics with one name", """
            public partial class A<T> { public partial class A2<U> { [Model] public static void Model(T t, U u) { Sample("x", new Normal(0, 1)); } } }
            public partial class A { [Model] public static void Model() { Sample("x", new Normal(0, 1)); } }
            """),
    ];

    [TestCaseSource(nameof(Programs))]
    public void It_compiles(string what, string source)
    {
        var files = GeneratorHarness.Generate(new ModelGenerator(), [], ("Model.cs", Usings + source));
        Assert.That(files.Count > 0, what);
    }
}
