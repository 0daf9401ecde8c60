using System.Runtime.InteropServices;
using ProbCompiler.GpuCheck;
using TorchSharp;

// Checks each device that this libtorch has, the processor as the reference, and prints timings. Exit code 1: a check failed; 2: libtorch cannot be loaded.
if (Unloadable() is { } reason)
{
    Console.Error.WriteLine($"libtorch cannot be loaded: {reason}");
    return 2;
}
torch.Device[] devices = torch.cuda_is_available() ? [torch.CPU, torch.CUDA] : [torch.CPU];
Console.WriteLine($"libtorch {torch.__version__}; CUDA: {(devices.Length > 1 ? $"{torch.cuda.device_count()} device(s)" : "none, so the processor alone is checked")}");
(string Name, Action<torch.Device> Check)[] checks = [.. TensorChecks.All, .. RuntimeChecks.All];
var failed = 0;
foreach (var device in devices)
{
    Console.WriteLine($"\n{device}");
    foreach (var (name, check) in checks)
        failed += Run(name, () => check(device)) ? 0 : 1;
    foreach (var (name, work) in Timings.All)
        Console.WriteLine(FormattableString.Invariant($"  time  {name,-48} {Timings.Microseconds(device, work),12:F1} µs"));
}
Console.WriteLine($"\n{devices.Length * checks.Length - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;

// The loader's own words: TorchSharp, which loads the same file later, drops them.
static string? Unloadable()
{
    var file = OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
    var path = Path.Combine(AppContext.BaseDirectory, file);
    try
    {
        NativeLibrary.Load(File.Exists(path) ? path : file, typeof(torch).Assembly, null);
        return null;
    }
    catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
    {
        return failure.Message;
    }
}

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
        Console.WriteLine($"  FAIL  {name}: {error.Message.Split('\n')[0]}");
        return false;
    }
}
