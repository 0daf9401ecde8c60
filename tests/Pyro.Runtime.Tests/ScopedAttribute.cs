using System.Collections.Concurrent;
using NUnit.Framework.Interfaces;
using Pyro.Runtime.Tests;
using static TorchSharp.torch;

[assembly: Scoped]

namespace Pyro.Runtime.Tests;

/// <summary>
/// Puts a dispose scope around each test. Without one nothing holds the tensors that an expression makes on its way: an operation of TorchSharp takes the native handle of its operand, and the
/// collector may free the operand while libtorch reads it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class ScopedAttribute : TestActionAttribute
{
    private static readonly ConcurrentDictionary<string, TorchSharp.DisposeScope> s_scopes = [];

    /// <inheritdoc/>
    public override ActionTargets Targets => ActionTargets.Test;

    /// <inheritdoc/>
    public override void BeforeTest(ITest test)
    {
        // A scope belongs to its thread, which a test that waits for something may leave; a test of memory counts what is left without one.
        if (!IsAsynchronous(test) && test.Properties.Get(nameof(UnscopedAttribute)) is null)
            s_scopes[test.Id] = NewDisposeScope();
    }

    /// <inheritdoc/>
    public override void AfterTest(ITest test)
    {
        if (s_scopes.TryRemove(test.Id, out var scope))
            scope.Dispose();
    }

    private static bool IsAsynchronous(ITest test) => test.Method?.ReturnType.Type.IsAssignableTo(typeof(Task)) == true;
}

/// <summary>Leaves out the dispose scope around a test, which is about what is there without one.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class UnscopedAttribute() : PropertyAttribute(nameof(UnscopedAttribute), "true");
