namespace Pyro.Optim;

/// <summary>What an update is written in: a few lanes of numbers in a register, or a whole tensor. So each rule is said once and runs on both.</summary>
/// <typeparam name="V">The type itself.</typeparam>
internal interface INumbers<V>
    where V : struct, INumbers<V>
{
    static abstract V operator +(V left, V right);

    static abstract V operator -(V left, V right);

    static abstract V operator *(V left, V right);

    static abstract V operator /(V left, V right);

    /// <summary>One number everywhere.</summary>
    static abstract V Of(double value);

    static abstract V Sqrt(V value);

    static abstract V Abs(V value);

    static abstract V Max(V left, V right);

    static abstract V Min(V left, V right);

    /// <summary>One of three by the sign of each number.</summary>
    static abstract V BySign(V value, V negative, V zero, V positive);
}
