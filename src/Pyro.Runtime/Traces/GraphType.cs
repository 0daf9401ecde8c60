namespace Pyro.Traces;

/// <summary>Which edges a trace has between its sites.</summary>
public enum GraphType
{
    /// <summary>None.</summary>
    Flat,

    /// <summary>From each site to all that come after it, except between the iterations of one plate.</summary>
    Dense,

    /// <summary>Those of the dense graph that the program's own graph has too; sites known only at run time keep theirs.</summary>
    Static,
}
