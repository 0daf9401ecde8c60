namespace Pyro.Analyzers.Tests.Effects;

/// <summary>PYRO071: Sample or Observe is called outside a model.</summary>
public sealed class OutsideModelTests
{
    [Test]
    public Task Fires_in_a_method_that_no_program_calls() => Verify.Exactly(
        """
        internal static class Draws
        {
            public static Tensor Draw() => {|PYRO071:Sample|}("z", new Normal(0f, 1f));

            public static void Note(Tensor x) => {|PYRO071:Observe|}("o", new Normal(Draw(), 1f), x);
        }
        """);

    [Test]
    public Task Silent_where_a_program_may_call_it() => Verify.Exactly(
        """
        public interface IPrior
        {
            Tensor Draw();
        }

        public sealed class Prior : IPrior
        {
            public Tensor Draw() => Sample("a", new Normal(0f, 1f));
        }

        public static class Draws
        {
            public static Tensor Draw() => Inner();

            public static void Body() => Sample("b", new Normal(0f, 1f));

            private static Tensor Inner() => Sample("c", new Normal(0f, 1f));
        }

        public static partial class Models
        {
            [Model(Dynamic = true)]
            public static Tensor Model(IPrior prior) => prior.Draw() + Draws.Draw();

            public static object[] Dynamic() => [Pyro.Programs.DynamicProgram.Of(Draws.Body), Pyro.Programs.DynamicProgram.Of(() => { Sample("d", new Normal(0f, 1f)); })];
        }
        """);

    [Test]
    public Task Silent_where_a_library_has_it_for_others() => Verify.Exactly(
        """
        public static class Draws
        {
            public static Tensor Noncentered(string name, Tensor loc, Tensor scale) => loc + scale * Sample(name, new Normal(0f, 1f));

            public static Tensor Global() => Inner();

            private static Tensor Inner() => Sample("global", new Normal(0f, 1f));

            internal static Tensor Forgotten() => {|PYRO071:Sample|}("z", new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Not_fixed_where_the_method_cannot_be_a_model() => Verify.NoFix(
        """
        public static class Draws
        {
            internal static Tensor Draw<T>(T value) => {|PYRO071:Sample|}("z" + value, new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Fix_marks_the_methods() => Verify.FixAll("PYRO071", Text("", true), Text("[Model]\n    ", false));

    private static string Text(string mark, bool marked)
    {
        string Call(string name) => marked ? $"{{|PYRO071:{name}|}}" : name;
        return $$"""
            internal static partial class Draws
            {
                {{mark}}public static void First(Tensor x)
                {
                    var z = {{Call("Sample")}}("z", new Normal(0f, 1f));
                    {{Call("Observe")}}("o", new Normal(z, 1f), x);
                }

                /// <summary>The second.</summary>
                {{mark}}public static Tensor Second() => {{Call("Sample")}}("z", new Normal(0f, 1f));
            }
            """;
    }
}
