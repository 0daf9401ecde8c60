using System.CommandLine;
using ProbCompiler.Benchmarks;

// What happens to tensors that nobody disposes, and whether threads that dispose theirs leave any behind.
var tensors = new Option<int>("--tensors") { Description = "How many tensors to make and drop", DefaultValueFactory = _ => 1_000_000 };
var threads = new Option<int>("--threads") { Description = "How many threads to run", DefaultValueFactory = _ => 8 };
var seconds = new Option<double>("--seconds") { Description = "For how long", DefaultValueFactory = _ => 30 };
var seed = new Option<int>("--seed") { Description = "The seed of the sizes and of what the threads do", DefaultValueFactory = _ => 1 };

var drop = new Command("drop", "Makes small tensors and drops them without disposing; fails where the process ends above 500 MB.") { tensors, seed };
drop.SetAction(parsed => Dropped.Run(parsed.GetValue(tensors), parsed.GetValue(seed)) ? 0 : 1);
var stress = new Command("stress", "Runs threads that make, use, move and dispose tensors; fails where one is alive at the end.") { threads, seconds, seed };
stress.SetAction(parsed => Stress.Run(parsed.GetValue(threads), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(seed)) ? 0 : 1);
return new RootCommand("Native memory under neglect and under load.") { drop, stress }.Parse(args).Invoke();
