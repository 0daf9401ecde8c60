using System.Diagnostics;

namespace Pyro.Integration.Tests;

/// <summary>A checkpointing run that is killed: the short form of eng/kill.</summary>
public class KillTests
{
    [Test]
    public void A_run_that_is_killed_goes_on_to_the_same_parameters()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Resume.dll"), "--kills", "6", "--steps", "400"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var killer = Process.Start(start)!;
        var (output, error) = (killer.StandardOutput.ReadToEnd(), killer.StandardError.ReadToEnd());
        killer.WaitForExit();
        Assert.That(killer.ExitCode == 0, output + error);
        Assert.That(output, Does.Contain("6 kills"));
    }
}
