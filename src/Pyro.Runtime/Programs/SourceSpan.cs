namespace Pyro.Programs;

/// <summary>Where something stands in the user's source. Lines and columns count from 1, as editors show them.</summary>
/// <param name="File">The file's path, as the compiler was given it.</param>
/// <param name="Line">The first line.</param>
/// <param name="Column">The first column.</param>
/// <param name="EndLine">The last line.</param>
/// <param name="EndColumn">The column after the last character.</param>
public readonly record struct SourceSpan(string File, int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>Gives the position as <c>file(line,column)</c>, which terminals and editors turn into a link.</summary>
    public override string ToString() => File is null ? "" : $"{File}({Line},{Column})";
}
