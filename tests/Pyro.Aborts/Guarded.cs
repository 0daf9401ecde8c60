using System.Text;
using Pyro.Checks;
using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Aborts;

/// <summary>Ways to end the process that models and inference meet, and that are exceptions there.</summary>
internal static partial class Guarded
{
    public static IReadOnlyDictionary<string, Action> Ways { get; } = new Dictionary<string, Action>
    {
        ["matmul of shapes"] = () => Step(Regression.CompiledModel, (ones(5, 4), ones(5))),
        ["matmul of dtypes"] = () => Step(Regression.CompiledModel, (ones([5, 3], ScalarType.Float64), ones(5))),
        ["matmul of bools"] = () => Step(Spellings.CompiledModel, (ones([5, 3], ScalarType.Bool), ones([3], ScalarType.Bool))),
        ["matmul in a lambda"] = () => Step(Spellings.CompiledModel, (ones(5, 3), ones(4))),
        ["cummax"] = () => Step(Operations.CompiledModel, ("cummax", ones(3), null)),
        ["cummin"] = () => Step(Operations.CompiledModel, ("cummin", ones(3), null)),
        ["var of integers"] = () => Step(Operations.CompiledModel, ("var", ones([3, 2], ScalarType.Int64), null)),
        ["slice"] = () => Step(Operations.CompiledModel, ("slice", ones(3), null)),
        ["null index"] = () => Step(Operations.CompiledModel, ("index", ones(3), null)),
        ["autograd.grad"] = () => Step(Operations.CompiledModel, ("grad", ones(3, requires_grad: true), null)),
        ["shapes of a sum"] = () => Step(Operations.CompiledModel, ("sum", ones(3), ones(4))),
        ["a loss that differentiates"] = () => new SVI<Unit>(
            DynamicProgram.Of(() => { }), DynamicProgram.Of(() => { }), new Adam(), (_, _, _, _) =>
            {
                var x = ones(3, requires_grad: true);
                return CheckedTorch.grad([x * 2], [x])[0].sum();
            }, Context()).Step(default),
        ["a checkpoint with states of zeros"] = () => LoadDamaged((file, _) => file.AsSpan(file.Length - 2 * StateLength).Clear()),
        ["a checkpoint with states of signed bytes"] = () => LoadDamaged((file, text) =>
        {
            for (var at = 0; (at = text.IndexOf("\"U8\"", at, StringComparison.Ordinal)) >= 0; at++)
                file[at + 1] = (byte)'I';
        }),
        ["any operands"] = AnyOperands,
    };

    private const int StateLength = 5056;

    private static RunContext Context() => new(new ParamStore(), seed: 1);

    private static void Step<TArgs>(Program<TArgs> model, TArgs args) =>
        new SVI<TArgs>(model, DynamicProgram.Of<TArgs>(_ => { }), new Adam(), new ELBO(), Context()).Step(args);

    // The file's text has a character a byte: its numbers are at the end, the states of the generators last.
    private static void LoadDamaged(Action<byte[], string> damage)
    {
        var folder = Directory.CreateTempSubdirectory("aborts");
        try
        {
            var path = Path.Combine(folder.FullName, "run.safetensors");
            var svi = new SVI<Unit>(DynamicProgram.Of(() => Param("p", 1.0)), DynamicProgram.Of(() => { }), new Adam(), new ELBO(), Context());
            svi.SaveCheckpoint(path);
            var file = File.ReadAllBytes(path);
            damage(file, Encoding.Latin1.GetString(file));
            File.WriteAllBytes(path, file);
            svi.LoadCheckpoint(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The checked operations on operands of all dtypes and many shapes: each gives a result or an exception.
    private static void AnyOperands()
    {
        var random = new Random(1);
        var dtypes = Enum.GetValues<ScalarType>();
        var (results, refusals) = (0, 0);
        Tensor Any()
        {
            var shape = Enumerable.Range(0, random.Next(5)).Select(_ => (long)random.Next(4)).ToArray();
            while (true)
                try
                {
                    return ones(shape, dtypes[random.Next(dtypes.Length)], requires_grad: random.Next(8) == 0);
                }
                catch (Exception)
                {
                    // This dtype has no ones, or no gradient.
                }
        }
        void Try(Action action)
        {
            try
            {
                action();
                results++;
            }
            catch (Exception)
            {
                refusals++;
            }
        }
        for (var i = 0; i < 300; i++)
        {
            using var scope = NewDisposeScope();
            var (x, y, dim) = (Any(), Any(), random.Next(-4, 4));
            if (random.Next(2) == 0)
                Try(() => y = y.to_type(x.dtype));
            Try(() => x.checked_matmul(y));
            Try(() => x.checked_cummax(dim));
            Try(() => x.checked_cummin(dim));
            Try(() => x.checked_var(dim));
            Try(() => x.checked_var([dim, random.Next(4)]));
            Try(() => CheckedTorch.grad([x], [y]));
            Try(() => CheckedTorch.grad([x * y], [x, y], [y], create_graph: random.Next(2) == 0));
            Try(() => { _ = x[CheckedTorch.Slice(dim, random.Next(4), random.Next(-1, 3))]; });
        }
        throw new InvalidOperationException($"{results} results, {refusals} refusals.");
    }

    internal static partial class Regression
    {
        [Model]
        public static void Model(Tensor x, Tensor y)
        {
            var w = Sample("w", new Normal(zeros(3), 1));
            using (IArange("data", x.shape[0]))
                Observe("y", new Normal(x.matmul(w), 1), y);
        }
    }

    internal static partial class Spellings
    {
        [Model]
        public static void Model(Tensor x, Tensor w)
        {
            Func<Tensor, Tensor> times = a => matmul(target: w, input: a);
            Observe("y", new Normal(times(x), 1), x);
        }
    }

    internal static partial class Operations
    {
        [Model]
        public static void Model(string operation, Tensor x, Tensor? y)
        {
            var value = operation switch
            {
                "cummax" => x.cummax(5).values,
                "cummin" => cummin(x, 5).values,
                "var" => x.var(1),
                "slice" => x[TensorIndex.Slice(0, 3, 0)],
                "index" => x[y!],
                "grad" => autograd.grad([x * 2], [x])[0],
                _ => x + y!,
            };
            Observe("y", new Normal(value, 1), x);
        }
    }
}
