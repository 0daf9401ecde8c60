using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Pyro.LibTorch.Bindings;

/// <summary>Reads the operation tables among the additional files and writes imports and members.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class BindingGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var tables = context.AdditionalTextsProvider
            .Where(file => Path.GetExtension(file.Path).Equals(".def", StringComparison.Ordinal))
            .Select((file, cancellation) => file.GetText(cancellation)?.ToString() ?? "");
        context.RegisterSourceOutput(tables.Collect(), (output, texts) =>
        {
            var operations = texts.SelectMany(Operation.Parse).ToList();
            output.AddSource("Native.g.cs", SourceText.From(ImportWriter.Write(operations), Encoding.UTF8));
            output.AddSource("Operations.g.cs", SourceText.From(MemberWriter.Write(operations), Encoding.UTF8));
        });
    }
}
