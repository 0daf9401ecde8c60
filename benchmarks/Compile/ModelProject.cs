using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ProbCompiler.Benchmarks;

/// <summary>A project of many models, each with its guide, in a file of its own: four shapes of model that people write, in turn.</summary>
internal static class ModelProject
{
    private const string Usings =
        """
        global using System;
        global using System.Linq;
        global using Pyro;
        global using Pyro.Distributions;
        global using TorchSharp;
        global using static Pyro.Primitives;
        global using static TorchSharp.torch;
        """;

    private static readonly string[] Shapes =
    [
        // A hierarchy with a plate.
        """
        namespace Models;

        public static partial class NAME
        {
            [Model]
            public static void Model(Tensor effects, Tensor errors)
            {
                var mu = Sample("mu", new Normal(0f, 5f));
                var tau = Sample("tau", new HalfCauchy(0f, 5f));
                using (IArange("schools", effects.shape[0]))
                {
                    var eta = Sample("eta", new Normal(0f, 1f));
                    Observe("y", new Normal(mu + tau * eta, errors), effects);
                }
            }

            [Guide(nameof(Model))]
            public static void Guide(Tensor effects, Tensor errors)
            {
                var schools = effects.shape[0];
                Sample("mu", new Normal(Param("mu_loc", 0f), Param("mu_scale", 1f, Constraints.Positive)));
                Sample("tau", new LogNormal(Param("tau_loc", 0f), Param("tau_scale", 1f, Constraints.Positive)));
                var loc = Param("eta_loc", () => zeros(schools));
                var scale = Param("eta_scale", () => ones(schools), Constraints.Positive);
                using (IArange("schools", schools))
                    Sample("eta", new Normal(loc, scale));
            }
        }
        """,
        // A regression over an IRange with a helper.
        """
        namespace Models;

        public static partial class NAME
        {
            private const float Scale = 10f;

            [Model]
            public static void Model(Tensor x, Tensor y)
            {
                var intercept = Sample("intercept", new Normal(0f, Scale));
                var slope = Sample("slope", new Normal(0f, Scale));
                var noise = Sample("noise", new LogNormal(0f, 1f));
                foreach (var i in IRange("points", (int)x.shape[0]))
                    Observe($"y_{i}", new Normal(intercept + slope * x[i], noise), y[i]);
            }

            [Guide(nameof(Model))]
            public static void Guide(Tensor x, Tensor y)
            {
                Latent("intercept_", out var at, out var spread);
                Sample("intercept", new Normal(at, spread));
                Latent("slope_", out at, out spread);
                Sample("slope", new Normal(at, spread));
                Sample("noise", new LogNormal(Param("noise_loc", 0f), Param("noise_scale", 0.1f, Constraints.Positive)));
            }

            private static void Latent(string name, out Tensor at, out Tensor spread)
            {
                at = Param(name + "loc", 0f);
                spread = Param(name + "scale", 0.1f, Constraints.Positive);
            }
        }
        """,
        // A state-space model: each state from the last.
        """
        namespace Models;

        public static partial class NAME
        {
            [Model]
            public static Tensor Model(Tensor series)
            {
                var drift = Sample("drift", new Normal(0f, 1f));
                var step = Sample("step", new HalfNormal(1f));
                var noise = Sample("noise", new HalfNormal(1f));
                var state = Sample("state_start", new Normal(0f, 1f));
                for (var t = 0; t < series.shape[0]; t++)
                {
                    state = Sample($"state_{t}", new Normal(state + drift, step));
                    Observe($"x_{t}", new Normal(state, noise), series[t]);
                }
                return state;
            }

            [Guide(nameof(Model))]
            public static void Guide(Tensor series)
            {
                Sample("drift", new Normal(Param("drift_loc", 0f), Param("drift_scale", 1f, Constraints.Positive)));
                Sample("step", new LogNormal(Param("step_loc", 0f), Param("step_scale", 1f, Constraints.Positive)));
                Sample("noise", new LogNormal(Param("noise_loc", 0f), Param("noise_scale", 1f, Constraints.Positive)));
                Sample("state_start", new Normal(Param("start_loc", 0f), Param("start_scale", 1f, Constraints.Positive)));
                for (var t = 0; t < series.shape[0]; t++)
                    Sample($"state_{t}", new Normal(Param($"state_loc_{t}", 0f), Param($"state_scale_{t}", 1f, Constraints.Positive)));
            }
        }
        """,
        // Branches, a switch, a local function and a record.
        """
        namespace Models;

        public static partial class NAME
        {
            public sealed record Season(string Name, float Level);

            [Model]
            public static void Model(Season season, Tensor rain)
            {
                var wet = Sample("wet", new Beta(2f, 2f));
                var level = season.Name switch { "winter" => 2f, "summer" => 0.5f, _ => season.Level };
                var sprinkler = Sample("sprinkler", new Bernoulli(Chance(wet)));
                Tensor amount;
                if (sprinkler.item<float>() > 0)
                    amount = Sample("amount", new Gamma(2f, 1f));
                else
                    amount = Sample("little", new Gamma(1f, 2f));
                Observe("rain", new Normal(amount * level, 1f), rain);

                Tensor Chance(Tensor of) => (of * 0.5f).clamp(0.01, 0.99);
            }

            [Guide(nameof(Model))]
            public static void Guide(Season season, Tensor rain)
            {
                Sample("wet", new Beta(Param("wet_alpha", 2f, Constraints.Positive), Param("wet_beta", 2f, Constraints.Positive)));
                var sprinkler = Sample("sprinkler", new Bernoulli(Param("chance", 0.5f, Constraints.UnitInterval)));
                if (sprinkler.item<float>() > 0)
                    Sample("amount", new Gamma(Param("amount_alpha", 2f, Constraints.Positive), Param("amount_beta", 1f, Constraints.Positive)));
                else
                    Sample("little", new Gamma(Param("little_alpha", 2f, Constraints.Positive), Param("little_beta", 1f, Constraints.Positive)));
            }
        }
        """,
    ];

    private static readonly string[] Unguided = [.. Shapes.Select(WithoutGuide)];

    /// <summary>How its files are read.</summary>
    public static CSharpParseOptions Parsing { get; } = new(LanguageVersion.CSharp13);

    /// <summary>The project, as the compiler has it before generators run.</summary>
    /// <param name="models">How many models there are, each in a file of its own.</param>
    /// <param name="guides">Whether each has its guide.</param>
    public static CSharpCompilation Create(int models, bool guides) => CSharpCompilation.Create(
        "Models",
        Files(models, guides).Select(file => Parse(file.Text, file.Path)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>Its files.</summary>
    /// <param name="models">How many models there are, each in a file of its own.</param>
    /// <param name="guides">Whether each has its guide.</param>
    public static IEnumerable<(string Path, string Text)> Files(int models, bool guides) =>
        Enumerable.Range(0, models)
            .Select(i => ($"Model{i}.cs", (guides ? Shapes : Unguided)[i % Shapes.Length].Replace("NAME", $"Model{i}")))
            .Append(("Usings.cs", Usings));

    /// <summary>The project after an edit in one of its files.</summary>
    public static CSharpCompilation Edit(CSharpCompilation project, string path, string old, string replacement)
    {
        var tree = project.SyntaxTrees.First(tree => tree.FilePath == path);
        var text = tree.GetText().ToString();
        return project.ReplaceSyntaxTree(tree, Parse(text.Replace(old, replacement), path));
    }

    // The model's own members come first.
    private static string WithoutGuide(string shape) => shape[..shape.IndexOf("[Guide", StringComparison.Ordinal)] + "}";

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Parsing, path);
}
