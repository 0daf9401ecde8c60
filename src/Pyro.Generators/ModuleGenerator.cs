using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler.Reading;
using Pyro.Compiler.Writing;

namespace Pyro.Generators;

/// <summary>Writes RegisterComponents of the partial classes of networks that call it: what TorchSharp finds by searching fields is known here.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModuleGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var modules = context.SyntaxProvider
            .CreateSyntaxProvider(
                static (node, _) => ModuleLowering.IsRegistration(node),
                static (match, cancellation) => ModuleLowering.Lower(match.Node, match.SemanticModel, cancellation))
            .Where(static module => module is not null)
            .WithTrackingName(TrackingNames.Modules);
        context.RegisterSourceOutput(modules, static (output, module) =>
            output.AddSource(ModuleFile.FileName(module!), SourceText.From(ModuleFile.Emit(module!), Encoding.UTF8)));
    }
}
