using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>A call of a program of another assembly, whose generated code says what sites it has.</summary>
internal sealed class LibraryCall
{
    private LibraryCall(IInvocationOperation operation, LibraryProgram program) => (Operation, Program) = (operation, program);

    public IInvocationOperation Operation { get; }

    public LibraryProgram Program { get; }

    /// <summary>The latent sites whose values the program does not give itself, which a guide must have.</summary>
    public IEnumerable<LibrarySite> Latent => Program.Sites.Where(site => site is { Kind: SiteKind.Latent, MayBeGiven: false });

    /// <summary>The constant names that each call uses.</summary>
    public IEnumerable<CertainName> Certain =>
        Program.Sites.Where(site => site.IsCertain && site.Places == 0).Select(site => new CertainName(SiteName.Of(site.Name), site.Kind == SiteKind.Param));

    /// <summary>Whether the program has no site but those that are said.</summary>
    public bool IsComplete => Program is { HasDynamicSites: false, MayHaveOtherSites: false };

    /// <summary>Recognises a call; null for a method that is not such a program, or that may be overridden.</summary>
    /// <param name="call">The call.</param>
    /// <param name="own">The assembly that is compiled.</param>
    public static LibraryCall? From(IInvocationOperation call, IAssemblySymbol own) =>
        !call.IsVirtual && LibraryPrograms.Of(call.TargetMethod.ReducedFrom ?? call.TargetMethod, own) is { } program ? new LibraryCall(call, program) : null;

    /// <summary>All names that handlers, traces and posteriors find something by; null where there may be others.</summary>
    public static IEnumerable<string>? Names(LibraryProgram program) =>
        program is { HasDynamicSites: false, MayHaveOtherSites: false, MayHaveOtherNames: false }
        ? [.. program.Sites.Select(site => site.Key), .. program.Sites.SelectMany(site => site.Plates).Select(plate => plate.Name), .. program.OtherNames]
        : null;
}
