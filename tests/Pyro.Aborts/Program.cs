using Pyro.Aborts;

// Misuses one keeps out of a test's own process: "guarded" ones are told what is wrong, "unguarded" ones end the process, as docs/tensors.md lists them.
var ways = args is ["unguarded", ..] ? Unguarded.Ways : Guarded.Ways;
if (args is [_])
{
    foreach (var name in ways.Keys)
        Console.WriteLine(name);
    return 0;
}
try
{
    ways[args[1]]();
    Console.WriteLine("Nothing was thrown.");
    return 1;
}
catch (Exception failure)
{
    Console.WriteLine($"{failure.GetType().Name}: {failure.Message}");
    return 0;
}
