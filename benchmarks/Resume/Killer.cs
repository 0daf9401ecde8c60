using System.Diagnostics;

namespace ProbCompiler.Benchmarks;

/// <summary>Starts runs and kills them.</summary>
internal static class Killer
{
    /// <summary>Kills a run so many times, and holds where it gets against one that was left alone.</summary>
    public static int Kill(int kills, int steps, string? folder)
    {
        var place = folder ?? Directory.CreateTempSubdirectory("resume").FullName;
        var checkpoint = Path.Combine(place, "run.safetensors");
        try
        {
            var clock = Stopwatch.StartNew();
            var expected = Finish(Path.Combine(place, "alone.safetensors"), steps);
            var alone = clock.ElapsedMilliseconds;
            var (random, killed, finished) = (new Random(1), 0, 0);
            while (killed < kills)
            {
                using var run = Start(checkpoint, steps);
                if (run.StandardOutput.ReadLine() != "running")
                    return Fail($"a run did not go on after {killed} kills: {run.StandardError.ReadToEnd()}");
                if (!run.WaitForExit(random.Next((int)Math.Max(2, alone / 4))))
                {
                    run.Kill();
                    run.WaitForExit();
                    if (++killed % 20 == 0)
                        Console.WriteLine($"{killed} of {kills} kills, {finished} runs to the end");
                    continue;
                }
                if (run.ExitCode != 0 || run.StandardOutput.ReadToEnd() != expected)
                    return Fail($"a run came to another end after {killed} kills: {run.StandardError.ReadToEnd()}");
                finished++;
                File.Delete(checkpoint);
            }
            if (Finish(checkpoint, steps) != expected)
                return Fail($"the last run came to another end after {killed} kills");
            var left = Directory.GetFiles(place, "*.part");
            if (left.Length > 0)
                return Fail($"parts were left behind: {string.Join(", ", left)}");
            Console.WriteLine($"{killed} kills, {finished + 1} runs to the end, all with the same parameters:\n{expected}");
            return 0;
        }
        finally
        {
            if (folder is null)
                Directory.Delete(place, recursive: true);
        }
    }

    private static string Finish(string checkpoint, int steps)
    {
        using var run = Start(checkpoint, steps);
        var text = run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        return run.ExitCode == 0 ? text["running\n".Length..] : throw new InvalidOperationException(run.StandardError.ReadToEnd());
    }

    private static Process Start(string checkpoint, int steps) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!, [.. Itself(), "--run", checkpoint, "--steps", steps.ToString(System.Globalization.CultureInfo.InvariantCulture)])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    // Under the dotnet host the first argument is the program.
    private static string[] Itself() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private static int Fail(string why)
    {
        Console.Error.WriteLine($"FAILED: {why}");
        return 1;
    }
}
