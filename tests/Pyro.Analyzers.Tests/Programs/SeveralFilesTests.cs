namespace Pyro.Analyzers.Tests.Programs;

/// <summary>A type in several files: what is wrong is said once, where it is written.</summary>
public sealed class SeveralFilesTests
{
    private const string Model =
        """
        public static partial class Models
        {
            [Model]
            public static void Model(Tensor x)
            {
                var z = Sample("z", new Normal(0f, 1f));
                Observe("x", new Normal(z, 1f), x);
            }
        }
        """;

    [Test]
    public Task Guide_InAnotherFileThanItsModel_IsCheckedOnce() => Verify.Diagnostics(
        Model,
        """
        public static partial class Models
        {
            [Guide(nameof(Model))]
            public static void {|PYRO020:Guide|}(Tensor x) => Sample({|PYRO021:"w"|}, new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Helper_InAnotherFileThanItsGuide_HasItsDiagnosticThere() => Verify.Diagnostics(
        Model,
        """
        public static partial class Models
        {
            [Guide(nameof(Model))]
            public static void Guide(Tensor x)
            {
                Sample("z", new Normal(0f, 1f));
                Extra();
            }
        }
        """,
        """
        public static partial class Models
        {
            private static void Extra() => Sample({|PYRO021:"w"|}, new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Guide_InAnotherFileWithAllSites_IsLeftAlone() => Verify.Diagnostics(
        Model,
        """
        public static partial class Models
        {
            [Guide(nameof(Model))]
            public static void Guide(Tensor x) => Latent();
        }
        """,
        """
        public static partial class Models
        {
            private static void Latent() => Sample("z", new Normal(0f, 1f));
        }
        """);
}
