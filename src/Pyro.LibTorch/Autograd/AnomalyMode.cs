using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>Searches, until disposed, for the operation whose derivative failed or was NaN.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool enabledBefore = Ops.anomaly_enabled();
    private readonly bool checkedBefore = Ops.anomaly_checks_nan();
    private bool disposed;

    /// <summary>Switches the search on or off.</summary>
    public AnomalyMode(bool enabled, bool check_nan = true) => Ops.set_anomaly_enabled(enabled, check_nan);

    /// <summary>Whether the search is on.</summary>
    public static bool IsEnabled => Ops.anomaly_enabled();

    /// <summary>Whether NaN counts as a failure.</summary>
    public static bool ShouldCheckNaN => Ops.anomaly_checks_nan();

    /// <summary>Back to how it was.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Back to how it was.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposed)
            Ops.set_anomaly_enabled(enabledBefore, checkedBefore);
        disposed = true;
    }
}

public static partial class torch
{
    public static partial class autograd
    {
        /// <summary>Searches, until disposed, for the operation whose derivative failed or was NaN.</summary>
        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        /// <summary>Switches the search on or off, until disposed.</summary>
        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);
    }
}
