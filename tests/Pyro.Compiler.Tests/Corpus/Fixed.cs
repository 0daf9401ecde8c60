using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Compiler.Tests.Corpus;

/// <summary>Gives the sites their values, and plates the elements that they visit; those that have none draw.</summary>
internal sealed class Fixed(Dictionary<string, Tensor> values) : Poutine
{
    public override void Before(ref Message message)
    {
        if (message.Kind is SiteKind.Latent or SiteKind.Subsample && values.TryGetValue(message.Name, out var value))
            message.Value = value;
    }
}
