namespace Pyro.Analyzers.Tests.Programs;

/// <summary>PYRO001: the type that contains a model or a guide must be partial.</summary>
public sealed class PartialTests
{
    [Test]
    public Task Fires_on_the_name_of_the_type() => Verify.Diagnostics(
        """
        public static class {|PYRO001:Coin|}
        {
            [Model]
            public static Tensor Model() => Sample("x", new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Fires_once_for_a_model_and_its_guide() => Verify.Diagnostics(
        """
        public class {|PYRO001:Coin|}
        {
            [Model]
            public void Model() => Sample("x", new Normal(0f, 1f));

            [Guide(nameof(Model))]
            public void Guide() => Sample("x", new Normal(0f, 2f));
        }
        """);

    [Test]
    public Task Fires_on_the_innermost_type_that_is_not_partial() => Verify.Diagnostics(
        """
        public class Outer
        {
            public record struct {|PYRO001:Inner|}
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }
        }

        public class {|PYRO001:Around|}
        {
            public partial class Inside
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }
        }
        """);

    [Test]
    public Task Silent_in_partial_types_and_without_models() => Verify.Diagnostics(
        """
        public partial class Outer
        {
            public partial record Inner
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }
        }

        public class Plain
        {
            public int Zero() => 0;
        }
        """);

    [Test]
    public async Task Names_the_type_and_the_method() => Assert.That(
        await Verify.Message(
            """
            public class {|PYRO001:Coin|}
            {
                [Model]
                public void Flip() => Sample("x", new Normal(0f, 1f));
            }
            """),
        Is.EqualTo("Type 'Coin' must be partial: the compiled form of 'Flip' becomes a member of it"));

    [Test]
    public Task Fix_makes_the_type_and_those_around_it_partial() => Verify.Fix(
        """
        // What flips.
        class Outer
        {
            /// <summary>A coin.</summary>
            public static class {|PYRO001:Coin|}
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }
        }
        """,
        """
        // What flips.
        partial class Outer
        {
            /// <summary>A coin.</summary>
            public static partial class Coin
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }
        }
        """);

    [Test]
    public Task Fix_all_makes_one_edit_of_a_type_around_two() => Verify.FixAll(
        "PYRO001",
        """
        class Outer
        {
            class {|PYRO001:One|}
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }

            struct {|PYRO001:Two|}
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }
        }
        """,
        """
        partial class Outer
        {
            partial class One
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }

            partial struct Two
            {
                [Model]
                public static void Model() => Sample("x", new Normal(0f, 1f));
            }
        }
        """);
}
