using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Pyro.Testing.Execution;

/// <summary>
/// Kills a test process that runs longer than an hour, or than the environment variable PYRO_TEST_MINUTES says (0 for no limit), and says which tests were running.
/// The platform's own time limit asks the tests to stop, which a test that hangs never does.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TimeLimitAttribute : TestActionAttribute
{
    /// <summary>The environment variable.</summary>
    public const string Variable = "PYRO_TEST_MINUTES";

    private static readonly ConcurrentDictionary<string, string> _running = new();

    /// <inheritdoc/>
    public override ActionTargets Targets => ActionTargets.Test;

    /// <summary>Starts to watch over this process.</summary>
    public static void Start()
    {
        var minutes = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : 60;
        if (minutes > 0 && !Debugger.IsAttached)
            new Thread(() => Watch(TimeSpan.FromMinutes(minutes))) { IsBackground = true, Name = "time limit" }.Start();
    }

    /// <inheritdoc/>
    public override void BeforeTest(ITest test) => _running[test.Id] = test.FullName;

    /// <inheritdoc/>
    public override void AfterTest(ITest test) => _running.TryRemove(test.Id, out _);

    private static void Watch(TimeSpan limit)
    {
        Thread.Sleep(limit);
        // NUnit keeps what tests write to Console.Error until they end.
        using (var error = new StreamWriter(Console.OpenStandardError()))
            error.WriteLine($"The tests ran for more than {limit.TotalMinutes} minutes and are ended. Running: {string.Join(", ", _running.Values.DefaultIfEmpty("no test"))}.");
        using var process = Process.GetCurrentProcess();
        process.Kill();
    }
}
