namespace Pyro.Poutines;

/// <summary>How many runs may still be started.</summary>
internal sealed class Tries(int count)
{
    /// <summary>Takes one.</summary>
    /// <exception cref="SpentException">There is none left.</exception>
    public void Take()
    {
        if (count == 0)
            throw new SpentException();
        count--;
    }

    /// <summary>All tries were taken. Caught by what gave them.</summary>
    internal sealed class SpentException : Exception;
}
