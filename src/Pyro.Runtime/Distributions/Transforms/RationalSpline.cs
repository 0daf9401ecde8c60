using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// Increasing piecewise rational-quadratic functions on [−B, B], the identity outside (Durkan et al., 2019): one function for each number, by the widths and
/// heights of K bins and the slopes at the K − 1 knots between them.
/// </summary>
internal sealed class RationalSpline
{
    // The least width and height, as a share of the whole, and the least slope.
    private const double Least = 1e-3;

    private readonly double _bound;
    private readonly Tensor _x;
    private readonly Tensor _y;
    private readonly Tensor _slopes;

    /// <summary>Creates the functions.</summary>
    /// <param name="parameters">3K − 1 reals for each number, along the last dimension; all 0 is the identity.</param>
    /// <param name="bins">The number of bins K.</param>
    /// <param name="bound">The bound B.</param>
    public RationalSpline(Tensor parameters, long bins, double bound)
    {
        _bound = bound;
        _x = Knots(parameters.narrow(-1, 0, bins), bins);
        _y = Knots(parameters.narrow(-1, bins, bins), bins);

        // Softplus, shifted to be 1 at 0; the slopes at the ends are 1, those of the identity.
        var inner = Least + Logs.Softplus(parameters.narrow(-1, 2 * bins, bins - 1) + Math.Log(Math.Exp(1 - Least) - 1));
        var end = inner.narrow(-1, 0, 1).ones_like();
        _slopes = cat([end, inner, end], -1);
    }

    /// <summary>The values, and the logarithms of the slopes there.</summary>
    /// <param name="x">The numbers.</param>
    public (Tensor Value, Tensor LogSlope) Forward(Tensor x)
    {
        var inside = Inside(x);
        var bin = new Bin(this, where(inside, x, x.new_zeros([])), _x);
        var share = (bin.Given - bin.X) / bin.Width;
        return (where(inside, bin.At(share), x), where(inside, bin.LogSlope(share), x.new_zeros([])));
    }

    /// <summary>The numbers that have values.</summary>
    /// <param name="y">The values.</param>
    public Tensor Inverse(Tensor y)
    {
        var inside = Inside(y);
        var bin = new Bin(this, where(inside, y, y.new_zeros([])), _y);
        return where(inside, bin.X + bin.Width * bin.ShareOf(bin.Given - bin.Y), y);
    }

    private Tensor Inside(Tensor x) => x.abs().lt(_bound);

    private Tensor Knots(Tensor parameters, long bins)
    {
        var sizes = Least + (1 - Least * bins) * parameters.softmax(-1);
        var first = sizes.new_zeros([.. sizes.Sizes().AsSpan(0, sizes.Sizes().Length - 1), 1]);
        return _bound * (2 * cat([first, sizes.cumsum(-1)], -1) - 1);
    }

    /// <summary>For each number the bin it lies in.</summary>
    private readonly struct Bin
    {
        private readonly Tensor _height;
        private readonly Tensor _left;
        private readonly Tensor _right;
        private readonly Tensor _steep;

        public Bin(RationalSpline spline, Tensor given, Tensor knots)
        {
            Given = given;
            var count = knots.Sizes()[^1] - 1;
            var index = given.unsqueeze(-1).ge(knots.narrow(-1, 1, count - 1)).sum(-1, keepdim: true);
            Tensor At(Tensor values, long offset) => values.expand([.. given.Sizes(), count + 1]).gather(-1, index + offset).squeeze(-1);
            X = At(spline._x, 0);
            Y = At(spline._y, 0);
            Width = At(spline._x, 1) - X;
            _height = At(spline._y, 1) - Y;
            _left = At(spline._slopes, 0);
            _right = At(spline._slopes, 1);
            _steep = _height / Width;
        }

        public Tensor Given { get; }

        public Tensor X { get; }

        public Tensor Y { get; }

        public Tensor Width { get; }

        private Tensor Bend => _left + _right - 2 * _steep;

        public Tensor At(Tensor share)
        {
            var both = share * (1 - share);
            return Y + _height * (_steep * share.square() + _left * both) / (_steep + Bend * both);
        }

        public Tensor LogSlope(Tensor share)
        {
            var both = share * (1 - share);
            return 2 * _steep.log() + (_right * share.square() + 2 * _steep * both + _left * (1 - share).square()).log() - 2 * (_steep + Bend * both).log();
        }

        public Tensor ShareOf(Tensor rise)
        {
            var a = _height * (_steep - _left) + rise * Bend;
            var b = _height * _left - rise * Bend;
            var c = -_steep * rise;
            return 2 * c / (-b - (b.square() - 4 * a * c).clamp_min(0).sqrt());
        }
    }
}
