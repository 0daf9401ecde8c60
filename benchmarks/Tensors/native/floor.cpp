// What the operations cost in C++: each function runs one of them so many times.
#include <torch/torch.h>

#include <cmath>
#include <cstdint>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

at::Tensor scalar(float value, bool requires_grad = false) {
    return torch::tensor(value).set_requires_grad(requires_grad);
}

}  // namespace

EXPORT void floor_add(int64_t times) {
    const auto a = scalar(1), b = scalar(2);
    for (int64_t i = 0; i < times; i++) auto sum = a + b;
}

// Ten sums live until the end of their block, as in a dispose scope.
EXPORT void floor_add_ten(int64_t times) {
    const auto a = scalar(1), b = scalar(2);
    for (int64_t i = 0; i < times; i += 10) {
        at::Tensor sums[10];
        for (auto& sum : sums) sum = a + b;
    }
}

EXPORT float floor_item(int64_t times) {
    const auto a = scalar(1);
    float total = 0;
    for (int64_t i = 0; i < times; i++) total += a.item<float>();
    return total;
}

EXPORT void floor_density(int64_t times) {
    const auto x = scalar(0.7f), loc = scalar(0.3f, true), scale = scalar(1.2f, true);
    const double constant = 0.5 * std::log(2 * M_PI);
    for (int64_t i = 0; i < times; i++) {
        const auto z = (x - loc) / scale;
        const auto density = z * z * -0.5 - scale.log() - constant;
        density.backward();
        loc.mutable_grad().reset();
        scale.mutable_grad().reset();
    }
}

EXPORT void floor_adam(int64_t times) {
    std::vector<at::Tensor> parameters;
    for (int i = 0; i < 4; i++) {
        parameters.push_back(scalar(1, true));
        parameters.back().mutable_grad() = scalar(0.5f);
    }
    torch::optim::Adam adam(parameters, torch::optim::AdamOptions(1e-3));
    for (int64_t i = 0; i < times; i++) adam.step();
}
