namespace Pyro;

/// <summary>
/// Whether runs check the domains of what they meet: distribution parameters before sampling and scoring, observed values against the support.
/// On by default. The check reads tensors in host memory and never waits for a device.
/// </summary>
public static class Validation
{
    private static volatile bool _enabled = true;

    /// <summary>The switch, for the whole process. Shapes are always checked: only the look at values is switched.</summary>
    public static bool Enabled
    {
        get => _enabled;
        set => _enabled = value;
    }
}
