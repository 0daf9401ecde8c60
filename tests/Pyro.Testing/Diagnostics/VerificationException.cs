namespace Pyro.Testing.Diagnostics;

/// <summary>A source did not have the diagnostics, or a fix not the result, that the test expects.</summary>
public sealed class VerificationException(string message) : Exception(message);
