using System.Reflection;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Pyro.Testing.Execution;

/// <summary>
/// Initializes the static fields of every type before the first test. A tensor in a static field that is initialized on first use belongs to the dispose scope of
/// whichever test runs first, and is disposed with it.
/// </summary>
/// <param name="assembly">The assembly that holds the fields; without it, the one that holds the tests.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class StaticFieldsAttribute(string? assembly = null) : TestActionAttribute
{
    /// <inheritdoc/>
    public override ActionTargets Targets => ActionTargets.Suite;

    /// <inheritdoc/>
    public override void BeforeTest(ITest test)
    {
        foreach (var type in (assembly is null ? ((TestAssembly)test).Assembly! : Assembly.Load(assembly)).GetTypes())
            if (!type.ContainsGenericParameters)
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
    }
}
