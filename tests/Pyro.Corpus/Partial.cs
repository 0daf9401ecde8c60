namespace Pyro.Corpus.Types;

internal static partial class OverFiles
{
    [Model]
    internal static Tensor Model() => Sample("x", new Normal(Location, 1));
}
