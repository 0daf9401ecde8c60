namespace Pyro.Analyzers.Tests.Programs;

/// <summary>PYRO002: this kind of method cannot be a model or a guide.</summary>
public sealed class MethodKindTests
{
    [TestCase("public static {|PYRO002:async|} Task M() { await Task.Yield(); }")]
    [TestCase("public static IEnumerable<int> M() { {|PYRO002:yield|} return 1; yield break; }")]
    [TestCase("public static void M({|PYRO002:ref|} int x) { x = 1; }")]
    [TestCase("public static void M(int y, {|PYRO002:out|} int x) { x = y; }")]
    [TestCase("public static void M({|PYRO002:in|} int x) => Console.Write(x);")]
    [TestCase("public static void M({|PYRO002:ref|} readonly int x) => Console.Write(x);")]
    [TestCase("public static void M({|PYRO002:ReadOnlySpan<float>|} x) => Console.Write(x.Length);")]
    [TestCase("public static {|PYRO002:Span<float>|} M() => default;")]
    [TestCase("public static {|PYRO002:ref int|} M() => ref (new int[1])[0];")]
    [TestCase("public static void M{|PYRO002:<T>|}(T x) => Console.Write(x);")]
    [TestCase("public {|PYRO002:abstract|} void M();")]
    public Task Fires_on_what_stands_in_the_way(string method) => Verify.Diagnostics(
        $$"""
        public abstract partial class Models
        {
            [Model]
            {{method}}
        }
        """);

    [TestCase("partial interface I<in T>", "[Model] public static void {|PYRO002:M|}() { }")]
    [TestCase("static partial class A", "[Model] public static void Other() { } [Model, Guide(nameof(Other))] public static void {|PYRO002:M|}() { }")]
    [TestCase("static partial class A", "[Model] public static void {|PYRO002:M|}() { } public static int CompiledM => 1;")]
    [TestCase("static partial class A", "[Model] public static void {|PYRO002:M|}() { } public sealed class MTrace;")]
    [TestCase("static partial class A", "[Model] public static void {|PYRO002:M|}() { } private static int RunM;")]
    public Task Fires_on_what_is_around_it(string type, string members) => Verify.Diagnostics($"#pragma warning disable CS0169\npublic {type} {{ {members} }}");

    [TestCase("[Model] public static void M() { } private static void RunM(int n) => Console.Write(n);")]
    [TestCase("[Model] public static void M() { } [Model] public static void M(int n) { } [Model] public static void M2() { }")]
    public Task Is_silent_where_the_names_are_free(string members) => Verify.Diagnostics($"public static partial class A {{ {members} }}");

    [Test]
    public Task Fires_on_each_obstacle() => Verify.Diagnostics(
        """
        public partial class Models
        {
            [Model]
            public static {|PYRO002:async|} Task M{|PYRO002:<T>|}(T x, Func<T, Task> f) => await f(x);
        }
        """);

    [Test]
    public Task Fires_on_an_extern_method() => Verify.Diagnostics(
        """
        public partial class Models
        {
            [Model, System.Runtime.InteropServices.DllImport("x")]
            public static {|PYRO002:extern|} void M();
        }
        """);

    [Test]
    public Task Fires_on_a_partial_method_without_a_body() => Verify.Diagnostics(
        """
        public partial class Models
        {
            [Model]
            static partial void {|PYRO002:M|}();
        }
        """);

    [Test]
    public Task Fires_on_an_interface_method_without_a_body() => Verify.Diagnostics(
        """
        public partial interface IModels
        {
            [Model]
            void {|PYRO002:M|}();
        }
        """);

    [Test]
    public Task Fires_on_functions_inside_methods() => Verify.Diagnostics(
        """
        public static class Models
        {
            public static void Run()
            {
                [Model] static Tensor {|PYRO002:Local|}() => Sample("x", new Normal(0f, 1f));
                var lambda = [Model] () {|PYRO002:=>|} Sample("x", new Normal(0f, 1f));
                lambda();
                Local();
            }
        }
        """);

    [Test]
    public Task Fires_on_members_that_are_no_ordinary_methods() => Verify.Diagnostics(
        """
        public interface IModel
        {
            void M();
        }

        public partial class Models : IModel
        {
            [Model]
            void IModel.{|PYRO002:M|}() => Sample("x", new Normal(0f, 1f));

            public Tensor X { [Model] {|PYRO002:get|} => Sample("x", new Normal(0f, 1f)); }
        }
        """);

    [Test]
    public Task Fires_on_types_that_a_program_cannot_live_in() => Verify.Diagnostics(
        """
        file partial class Hidden
        {
            [Model]
            public static void {|PYRO002:M|}() => Sample("x", new Normal(0f, 1f));
        }

        public ref partial struct Stack
        {
            [Model]
            public void {|PYRO002:M|}() => Sample("x", new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Is_the_only_word_on_a_method_in_a_type_that_is_not_partial() => Verify.Diagnostics(
        """
        public class Models
        {
            [Model]
            public static void M{|PYRO002:<T>|}(T x) => Console.Write(x);
        }
        """);

    [Test]
    public Task Silent_on_ordinary_methods() => Verify.Diagnostics(
        """
        public partial class Models<T>
        {
            [Model]
            public static void Nothing() => Sample("x", new Normal(0f, 1f));

            [Model]
            private protected (Tensor, T) Much(T value, Tensor data, int n = 3, params float[] rest)
            {
                IEnumerable<int> Numbers() { yield return n; }
                foreach (var i in Numbers())
                    Sample($"x_{i}", new Normal(rest[0], 1f));
                return (data, value);
            }

            public static partial void Declared();

            [Model]
            public static partial void Declared() => Sample("x", new Normal(0f, 1f));
        }

        public partial struct Value
        {
            [Model]
            public readonly void M() => Sample("x", new Normal(0f, 1f));
        }
        """);

    [Test]
    public async Task Names_the_method_and_the_reason() => Assert.That(
        await Verify.Message(
            """
            public partial class Models
            {
                [Model]
                public static void M({|PYRO002:Span<int>|} x) => x.Clear();
            }
            """),
        Is.EqualTo("Method 'M' cannot be a model or a guide: its parameter 'x' has type 'Span<int>', which a program cannot hold"));
}
