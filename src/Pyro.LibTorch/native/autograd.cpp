// Backward passes and grad modes.
#include "shim.h"
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

PYRO_EXPORT int32_t pyro_backward(T self, O gradient, B retain, B create) {
    return pyro::status([&] {
        torch::autograd::backward({self}, gradient ? std::vector<at::Tensor>{*gradient} : std::vector<at::Tensor>{},
                                  retain || create, create);
    });
}
// d outputs / d inputs; an input that the outputs do not depend on gets a null handle when that is allowed.
PYRO_EXPORT int32_t pyro_autograd_grad(A outputs, N output_count, A inputs, N input_count, A gradients, N gradient_count, B retain, B create,
                                       B allow_unused, at::Tensor** results) {
    return pyro::status([&] {
        auto grads = torch::autograd::grad(pyro::tensors(outputs, output_count), pyro::tensors(inputs, input_count),
                                           pyro::tensors(gradients, gradient_count), retain || create, create, allow_unused);
        for (size_t i = 0; i < grads.size(); ++i) results[i] = grads[i].defined() ? new at::Tensor(grads[i]) : nullptr;
    });
}
PYRO_EXPORT int32_t pyro_grad_enabled() { return at::GradMode::is_enabled(); }
PYRO_EXPORT void pyro_set_grad_enabled(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }
