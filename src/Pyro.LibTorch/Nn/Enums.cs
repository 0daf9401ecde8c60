namespace TorchSharp;

/// <summary>What stands beyond the border of a padded tensor.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>The inside, reflected.</summary>
    Reflect = 1,

    /// <summary>The border.</summary>
    Replicate = 2,

    /// <summary>The other side.</summary>
    Circular = 3,

    /// <summary>One value.</summary>
    Constant = 4,
}

/// <summary>How much a convolution pads by itself.</summary>
public enum Padding
{
    /// <summary>Not at all.</summary>
    Valid = 0,

    /// <summary>So that the size stays (stride 1).</summary>
    Same = 1,
}

public static partial class torch
{
    /// <summary>How grid_sample reads between elements.</summary>
    public enum GridSampleMode
    {
        /// <summary>The nearest.</summary>
        Nearest = 0,

        /// <summary>Linear in both directions.</summary>
        Bilinear = 2,
    }

    /// <summary>What grid_sample finds beyond the border.</summary>
    public enum GridSamplePaddingMode
    {
        /// <summary>Zeros.</summary>
        Zeros = 0,

        /// <summary>The inside, reflected.</summary>
        Reflection = 1,

        /// <summary>The border.</summary>
        Border = 2,
    }

    /// <summary>Neural networks.</summary>
    public static partial class nn
    {
        /// <summary>How a loss is reduced.</summary>
        public enum Reduction
        {
            /// <summary>Not at all: one loss an element.</summary>
            None = 0,

            /// <summary>The mean.</summary>
            Mean = 1,

            /// <summary>The sum.</summary>
            Sum = 2,
        }

        /// <summary>The nonlinearity of a simple recurrent network.</summary>
        public enum NonLinearities
        {
            /// <summary>max(x, 0).</summary>
            ReLU = 0,

            /// <summary>Hyperbolic tangent.</summary>
            Tanh = 1,
        }
    }
}
