using System.CommandLine;
using ProbCompiler.Benchmarks;

// A run that writes checkpoints, and what kills it: wherever it is killed, it goes on to the parameters that it would have had.
var kills = new Option<int>("--kills") { Description = "How often to kill the run", DefaultValueFactory = _ => 200 };
var steps = new Option<int>("--steps") { Description = "How many steps the run has", DefaultValueFactory = _ => 1500 };
var folder = new Option<string?>("--folder") { Description = "Where the checkpoint is written; a temporary folder where none is given" };
var file = new Option<string?>("--run") { Description = "Be the run: go on from this checkpoint to the end and print the parameters" };
var command = new RootCommand("Kills a checkpointing run at random moments; fails where it does not go on to the same parameters.") { kills, steps, folder, file };
command.SetAction(parsed => parsed.GetValue(file) is { } checkpoint
    ? Killed.Run(checkpoint, parsed.GetValue(steps))
    : Killer.Kill(parsed.GetValue(kills), parsed.GetValue(steps), parsed.GetValue(folder)));
return command.Parse(args).Invoke();
