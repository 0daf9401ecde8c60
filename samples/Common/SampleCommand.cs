using System.CommandLine;
using System.Globalization;
using Pyro;

namespace ProbCompiler.Samples;

/// <summary>The command line that all samples share.</summary>
internal static class SampleCommand
{
    // What shells expect of a program that Ctrl-C ended.
    private const int Interrupted = 130;

    /// <summary>Parses the arguments and runs the sample; its result is the exit code.</summary>
    /// <param name="description">What the sample shows.</param>
    /// <param name="steps">The number of steps when none is given.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="run">The sample: from the number of steps to whether it found what it should.</param>
    internal static int Run(string description, int steps, string[] args, Func<int, bool> run)
    {
        var count = new Option<int>("--steps") { Description = "How many SVI steps to take", DefaultValueFactory = _ => steps };
        count.Validators.Add(result =>
        {
            // What is no number at all is said by the parser.
            if (result.Tokens is [var given] && int.TryParse(given.Value, CultureInfo.InvariantCulture, out var number) && number < 4)
                result.AddError("--steps needs a number of at least 4.");
        });
        var seed = new Option<long>("--seed") { Description = "Where the random numbers start", DefaultValueFactory = _ => 0 };
        var command = new RootCommand(description) { count, seed };
        command.SetAction(parsed =>
        {
            Primitives.SetRngSeed(parsed.GetValue(seed));
            return run(parsed.GetValue(count)) ? 0 : 1;
        });
        try
        {
            return command.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failure) when (failure is DllNotFoundException or ModelException)
        {
            // These say what is missing or wrong, and what to do: where in the code they were thrown helps nobody at the command line.
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return Interrupted;
        }
    }
}
