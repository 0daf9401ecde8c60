namespace Pyro;

/// <summary>A program that cannot go on as it was written or called. The message names the site or parameter, what was found there, and the remedy.</summary>
public class ModelException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="site">The name of the site, parameter or plate that is at fault, or null where it is the program as a whole.</param>
    /// <param name="message">What is wrong, with the values or shapes found, and the remedy.</param>
    public ModelException(string? site, string message) : base(message) => Site = site;

    /// <summary>Creates the exception around the one that caused it.</summary>
    /// <param name="site">The name of the site, parameter or plate that is at fault, or null where it is the program as a whole.</param>
    /// <param name="message">What is wrong, with the values or shapes found, and the remedy.</param>
    /// <param name="inner">The cause.</param>
    public ModelException(string? site, string message, Exception inner) : base(message, inner) => Site = site;

    /// <summary>The name of the site, parameter or plate that is at fault, or null where it is the program as a whole.</summary>
    public string? Site { get; }
}
