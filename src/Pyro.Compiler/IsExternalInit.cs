namespace System.Runtime.CompilerServices;

/// <summary>What init accessors and records need; .NET Standard 2.0 does not have it.</summary>
internal static class IsExternalInit;
