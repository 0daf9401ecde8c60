using static TorchSharp.torch;

namespace Pyro.Aborts;

/// <summary>What ends the process where TorchSharp is called as it is, by the names that docs/tensors.md lists them under.</summary>
internal static class Unguarded
{
    public static IReadOnlyDictionary<string, Action> Ways { get; } = new Dictionary<string, Action>
    {
        ["matmul"] = () => ones(5, 4).matmul(ones(3)),
        ["cummax"] = () => ones(3).cummax(5),
        ["cummin"] = () => ones(3).cummin(5),
        ["var(dim)"] = () => ones([3, 2], ScalarType.Int64).var(1),
        ["TensorIndex.Slice"] = () => { _ = ones(3)[TensorIndex.Slice(0, 3, 0)]; },
        ["x[index]"] = () => { _ = ones(3)[(Tensor)null!]; },
        ["autograd.grad"] = () =>
        {
            var x = ones(3, requires_grad: true);
            autograd.grad([x * 2], [x]);
        },
        ["SingleTensorFunction.backward"] = () => Throwing.apply(ones(3, requires_grad: true)).sum().backward(),
        ["optim.LBFGS"] = () => optim.LBFGS([nn.Parameter(ones(3))]).step(() => throw new InvalidOperationException("thrown by the closure")),
        ["Generator.set_state"] = () => new Generator(1).set_state(zeros(3, ScalarType.Byte)),
        ["set_rng_state"] = () => set_rng_state(zeros(5056, ScalarType.Byte)),
        ["Generator.Dispose"] = () =>
        {
            var generator = new Generator(1);
            generator.Dispose();
            generator.get_state();
        },
        ["set_num_threads"] = () => set_num_threads(0),
        ["set_num_interop_threads"] = () => set_num_interop_threads(0),
    };

    private sealed class Throwing : autograd.SingleTensorFunction<Throwing>
    {
        public override string Name => nameof(Throwing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidOperationException("thrown by backward");
    }
}
