using ProbCompiler.GpuCheck;
using TorchSharp;

// Holds each device that this libtorch has against the processor, and prints what things cost there. Exit code 1: a check failed.
torch.Device[] devices = torch.cuda_is_available() ? [torch.CPU, torch.CUDA] : [torch.CPU];
Console.WriteLine(torch.cuda_is_available() ? $"CUDA: {torch.cuda.device_count()} device(s)" : "CUDA: none; the processor is held against itself");
var failed = 0;
foreach (var device in devices)
{
    Console.WriteLine($"\n{device}");
    foreach (var (name, check) in Checks.All)
        failed += Run(name, () => check(device)) ? 0 : 1;
    foreach (var (name, work) in Timings.All)
        Console.WriteLine(FormattableString.Invariant($"  time  {name,-48} {Timings.Microseconds(device, work),12:F1} µs"));
}
Console.WriteLine($"\n{devices.Length * Checks.All.Length - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

static bool Run(string name, Action check)
{
    try
    {
        using var scope = torch.NewDisposeScope();
        check();
        Console.WriteLine($"  ok    {name}");
        return true;
    }
    catch (Exception error)
    {
        Console.WriteLine($"  FAIL  {name}: {error.Message}");
        return false;
    }
}
