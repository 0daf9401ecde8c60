using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ProbCompiler.GpuCheck;

/// <summary>A network as users write it: the generator registers its components.</summary>
internal sealed partial class OwnNetwork : nn.Module<Tensor, Tensor>
{
    private readonly Linear hidden = nn.Linear(3, 4);
    private readonly Parameter scale = new(ones(4));
    private readonly Tensor shift = zeros(4);

    internal OwnNetwork()
        : base(nameof(OwnNetwork))
    {
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => hidden.call(x) * scale + shift;
}
