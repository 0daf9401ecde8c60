namespace Pyro.Corpus.Types;

internal static partial class OverFiles
{
    private const float Location = 2.5f;
}
