namespace Pyro.Corpus.Jumps;

/// <summary>What a jump carries past an assignment is still there where it arrives.</summary>
internal static partial class Forward
{
    public static readonly int Args = 1;

    [Model]
    internal static void Model(int n)
    {
        var x = Sample("a", new Normal(0, 1));
        if (n == 1)
            goto skip;
        x = zeros([]);
    skip:
        Sample("y", new Normal(x, 1));
    }
}

/// <summary>What a jump carries back is there in the next round, whatever the last round ends with.</summary>
internal static partial class Back
{
    [Model]
    internal static void Model()
    {
        var x = zeros([]);
        var n = 0;
    again:
        var z = Sample($"z_{n}", new Normal(x, 1));
        x = z * 2;
        n++;
        if (n < 3)
            goto again;
        x = zeros([]);
        Sample("y", new Normal(x, 1));
    }
}

/// <summary>A section of a switch that another one goes on to.</summary>
internal static partial class Section
{
    public static readonly int Args = 0;

    [Model]
    internal static void Model(int n)
    {
        var x = zeros([]);
        switch (n)
        {
            case 0:
                x = Sample("a", new Normal(0, 1));
                goto case 2;
            case 1:
                x = zeros([]);
                break;
            case 2:
                Sample("y", new Normal(x, 1));
                x = zeros([]);
                goto default;
            default:
                Sample("z", new Normal(x, 1));
                break;
        }
    }
}

/// <summary>Sections of a switch that go on to each other for ever, as machines with states are written.</summary>
internal static partial class Machine
{
    [Model]
    internal static void Model()
    {
        var (x, n) = (zeros([]), 0);
        switch (n)
        {
            case 0:
                Sample($"even_{n}", new Normal(x, 1));
                if (n > 3)
                    break;
                n++;
                goto case 1;
            case 1:
                x = Sample($"odd_{n}", new Normal(0, 1));
                n++;
                goto case 0;
        }
    }
}

/// <summary>A jump into what comes before another jump.</summary>
internal static partial class Crossed
{
    public static readonly int Args = 1;

    [Model]
    internal static void Model(int n)
    {
        var x = zeros([]);
        if (n == 1)
            goto first;
        x = zeros([]);
    second:
        Sample("y", new Normal(x, 1));
        goto end;
    first:
        x = Sample("a", new Normal(0, 1));
        goto second;
    end:
        ;
    }
}

/// <summary>What runs in any case runs on the way out of a loop, and on the way to a label.</summary>
internal static partial class Out
{
    public static readonly int Args = 1;

    [Model]
    internal static void Model(int n)
    {
        var (x, y, z) = (zeros([]), zeros([]), zeros([]));
        while (true)
        {
            try
            {
                if (n == 1)
                    break;
                x = zeros([]);
            }
            finally
            {
                x = Sample("a", new Normal(0, 1));
            }
            x = zeros([]);
        }
        Sample("broken", new Normal(x, 1));
        for (var i = 0; i < 2; i++)
        {
            Sample($"next_{i}", new Normal(y, 1));
            try
            {
                if (n == 1)
                    continue;
                y = zeros([]);
            }
            finally
            {
                y = Sample($"b_{i}", new Normal(0, 1));
            }
            y = zeros([]);
        }
        try
        {
            if (n == 1)
                goto end;
            z = zeros([]);
        }
        finally
        {
            z = Sample("c", new Normal(0, 1));
        }
        z = zeros([]);
    end:
        Sample("jumped", new Normal(z, 1));
    }
}
