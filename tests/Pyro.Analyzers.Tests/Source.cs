namespace Pyro.Analyzers.Tests;

/// <summary>Sources of tests, so that a test shows only what it is about.</summary>
internal static class Source
{
    /// <summary>A model with this body; it may use the arguments flag, n, x and y. Members stand beside it.</summary>
    public static string Model(string body, string members = "") =>
        $$"""
        public static partial class Models
        {
            [Model]
            public static void Model(bool flag, int n, Tensor x, Tensor y)
            {
                {{Indent(body, 8)}}
            }
        {{members}}
        }
        """;

    /// <summary>A model and its guide with these bodies; {0} after the name of the guide marks it.</summary>
    public static string Pair(string model, string guide, string guideName = "Guide", string members = "") =>
        $$"""
        public static partial class Models
        {
            [Model]
            public static void Model(bool flag, int n, Tensor x)
            {
                {{Indent(model, 8)}}
            }

            [Guide(nameof(Model))]
            public static void {{guideName}}(bool flag, int n, Tensor x)
            {
                {{Indent(guide, 8)}}
            }
        {{members}}
        }
        """;

    private static string Indent(string text, int columns) => text.Replace("\n", "\n" + new string(' ', columns), StringComparison.Ordinal);
}
