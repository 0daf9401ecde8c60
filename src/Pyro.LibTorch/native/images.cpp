// What nn.def has no one function of libtorch for.
#include "core.h"

namespace pyro {

at::Tensor interpolate(const at::Tensor& input, at::OptionalIntArrayRef size, const ODoubles& scales, const Str& mode, bool align_corners, bool antialias) {
    const std::string name = mode.str();
    const auto spatial = input.dim() - 2;
    const auto is = [&](const char* wanted, i64 dimensions) { return name == wanted && spatial == dimensions; };
    TORCH_CHECK(!antialias || is("bilinear", 2) || is("bicubic", 2), "only bilinear and bicubic interpolation of images can be antialiased");
    if (is("nearest", 1)) return at::upsample_nearest1d(input, size, scales);
    if (is("nearest", 2)) return at::upsample_nearest2d(input, size, scales);
    if (is("nearest", 3)) return at::upsample_nearest3d(input, size, scales);
    if (is("nearest-exact", 1)) return at::_upsample_nearest_exact1d(input, size, scales);
    if (is("nearest-exact", 2)) return at::_upsample_nearest_exact2d(input, size, scales);
    if (is("nearest-exact", 3)) return at::_upsample_nearest_exact3d(input, size, scales);
    if (is("linear", 1)) return at::upsample_linear1d(input, size, align_corners, scales);
    if (is("trilinear", 3)) return at::upsample_trilinear3d(input, size, align_corners, scales);
    if (is("bilinear", 2))
        return antialias ? at::_upsample_bilinear2d_aa(input, size, align_corners, scales) : at::upsample_bilinear2d(input, size, align_corners, scales);
    if (is("bicubic", 2))
        return antialias ? at::_upsample_bicubic2d_aa(input, size, align_corners, scales) : at::upsample_bicubic2d(input, size, align_corners, scales);
    TORCH_CHECK(false, "no interpolation called ", name, " of an input with ", input.dim(), " dimensions, batch and channels included");
}

}  // namespace pyro
