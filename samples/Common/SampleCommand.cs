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
        catch (ModelException failure)
        {
            // It says what is wrong and what to do: where in the code it was thrown helps nobody at the command line.
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
        catch (Exception failure) when (Missing(failure) is { } missing)
        {
            Console.Error.WriteLine(
                $"libtorch cannot be loaded ({missing}): the folder of the program needs the natives of a package such as libtorch-cpu-linux-x64.");
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return Interrupted;
        }
    }

    // The first line names the library; the others are the places that were searched. TorchSharp loads in a static constructor.
    private static string? Missing(Exception? failure) => failure switch
    {
        DllNotFoundException or NotSupportedException => failure.Message.Split('\n')[0].TrimEnd(' ', '.', ':'),
        TypeInitializationException => Missing(failure.InnerException),
        _ => null,
    };
}
