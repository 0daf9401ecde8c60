using System.Diagnostics;
using System.Globalization;
using ProbCompiler.Benchmarks;
using Spectre.Console;

// The build that people wait for: 100 classes with 200 programs, "dotnet build" after an edit of one comment, with the package as it is
// shipped and with the package less its generator and analyzers. Both in turn, so that what else the machine does falls on both.
const int Classes = 100;
if (args is not [var packages, var version, .. var rest])
    throw new ArgumentException("Build FOLDER-OF-PACKAGES VERSION [rounds]: use eng/bench-build.");
var rounds = rest is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 7;

var work = Directory.CreateTempSubdirectory("build-").FullName;
try
{
    var with = Project("With", "");
    var without = Project("Without", """
      <Target Name="WithoutCompiler" BeforeTargets="CoreCompile">
        <ItemGroup>
          <Analyzer Remove="@(Analyzer)" Condition="$([System.String]::Copy('%(FileName)').StartsWith('Pyro.'))" />
        </ItemGroup>
      </Target>
    """);
    var table = new Table().AddColumns(
        $"dotnet build, {Classes} classes with {2 * Classes} programs", "without, s", "with, s", "ratio", "CPU ratio");
    foreach (var (what, shared) in new[] { ("in a new compiler process", false), ("in a warm compiler server", true) })
    {
        // The server learns the code in its first builds.
        foreach (var project in Enumerable.Repeat(new[] { without, with }, shared ? 5 : 1).SelectMany(projects => projects))
            Build(project, shared);
        var costs = Enumerable.Range(0, rounds).Select(_ => (Without: Build(without, shared), With: Build(with, shared))).ToList();
        table.AddRow(
            what,
            Text(Median(costs.Select(cost => cost.Without.Wall))),
            Text(Median(costs.Select(cost => cost.With.Wall))),
            Text(Median(costs.Select(cost => cost.With.Wall / cost.Without.Wall))),
            shared ? "" : Text(Median(costs.Select(cost => cost.With.Processor / cost.Without.Processor))));
    }
    AnsiConsole.Write(table);
}
finally
{
    Dotnet(work, "build-server", "shutdown");
    Directory.Delete(work, recursive: true);
}

string Project(string name, string target)
{
    var folder = Directory.CreateDirectory(Path.Combine(work, name)).FullName;
    Directory.CreateDirectory(Path.Combine(work, name, "Models"));
    File.WriteAllText(
        Path.Combine(folder, "NuGet.config"),
        $"""<configuration><packageSources><add key="benchmark" value="{packages}" /></packageSources></configuration>""");
    File.WriteAllText(
        Path.Combine(folder, $"{name}.csproj"),
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="ProbCompiler" Version="{version}" />
          </ItemGroup>
        {target}
        </Project>
        """);
    foreach (var (path, text) in ModelProject.Files(Classes, guides: true))
        File.WriteAllText(Path.Combine(folder, "Models", path), text);
    Dotnet(folder, "restore");
    return folder;
}

(double Wall, double Processor) Build(string project, bool shared)
{
    File.AppendAllText(Path.Combine(project, "Models", "Model8.cs"), "// An edit.\n");
    var before = Children();
    var clock = Stopwatch.StartNew();
    Dotnet(project, "build", "--no-restore", "-nodeReuse:false", $"-p:UseSharedCompilation={shared}");
    return (clock.Elapsed.TotalSeconds, Children() - before);
}

void Dotnet(string folder, params string[] arguments)
{
    var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException(output);
}

// Processor seconds of all processes that were started and have ended, on Linux; elsewhere nothing.
static double Children()
{
    if (!OperatingSystem.IsLinux())
        return double.NaN;
    // Ticks of children in user mode and in the kernel's, a hundred a second; the name before them may have spaces.
    var fields = File.ReadAllText("/proc/self/stat").Split(") ")[^1].Split(' ');
    return fields[13..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / 100.0;
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
