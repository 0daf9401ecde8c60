// Random number generators.
#include <ATen/CPUGeneratorImpl.h>

#include <mutex>

#include "core.h"

namespace pyro {
namespace {

c10::Device device_of(i64 type, i64 index) {
    return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

}  // namespace

i64 make_generator(i64 seed, i64 device, i64 index) {
    at::Generator made;
    if (device == static_cast<i64>(c10::DeviceType::CPU)) {
        made = at::make_generator<at::CPUGeneratorImpl>(static_cast<uint64_t>(seed));
    } else {
        made = at::globalContext().defaultGenerator(device_of(device, index)).clone();
        made.set_current_seed(static_cast<uint64_t>(seed));
    }
    return reinterpret_cast<i64>(made.unsafeReleaseGeneratorImpl());
}

i64 default_generator(i64 device, i64 index) {
    auto generator = at::globalContext().defaultGenerator(device_of(device, index));
    return reinterpret_cast<i64>(generator.unsafeReleaseGeneratorImpl());
}

void reseed(const Gen& generator, i64 seed) {
    std::lock_guard<std::mutex> lock(generator.impl->mutex_);
    generator.impl->set_current_seed(static_cast<uint64_t>(seed));
}

at::Tensor state(const Gen& generator) {
    std::lock_guard<std::mutex> lock(generator.impl->mutex_);
    return at::Tensor(generator.impl->get_state());
}

void set_state(const Gen& generator, const at::Tensor& state) {
    std::lock_guard<std::mutex> lock(generator.impl->mutex_);
    generator.impl->set_state(*state.unsafeGetTensorImpl());
}

void synchronize(i64 device) {
    TORCH_CHECK(at::hasCUDA(), "this libtorch has no CUDA");
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(device < 0 ? at::detail::getCUDAHooks().current_device() : device));
}

}  // namespace pyro

PYRO_EXPORT void pt_release_generator(c10::GeneratorImpl* impl) {
    c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(impl);
}
