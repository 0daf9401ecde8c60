// Losses that ATen does not have.
#include <cmath>

#include "core.h"

namespace pyro {

at::Tensor gaussian_nll_loss(const at::Tensor& input, const at::Tensor& target, const at::Tensor& variance, bool full, double eps, Red reduction) {
    TORCH_CHECK(!at::any(variance < 0).item<bool>(), "gaussian_nll_loss: the variance has negative elements");
    // The bound keeps the loss finite and takes no part in the gradient.
    const auto bounded = variance + (at::clamp_min(variance.detach(), eps) - variance.detach());
    auto loss = 0.5 * (bounded.log() + (input - target).square() / bounded);
    if (full) loss = loss + 0.5 * std::log(2 * M_PI);
    return reduction == at::Reduction::Mean ? loss.mean() : reduction == at::Reduction::Sum ? loss.sum() : loss;
}

}  // namespace pyro
