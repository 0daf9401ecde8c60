// Generators and threads.
#include "shim.h"
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>

static std::lock_guard<std::mutex> locked(at::Generator& generator) { return std::lock_guard<std::mutex>(generator.mutex()); }

PYRO_EXPORT at::Generator* pyro_generator_new(uint64_t seed) {
    try {
        return new at::Generator(at::make_generator<at::CPUGeneratorImpl>(seed));
    } catch (...) {
        pyro::fail_current();
        return nullptr;
    }
}
PYRO_EXPORT at::Generator* pyro_generator_default() {
    try {
        return new at::Generator(at::detail::getDefaultCPUGenerator());
    } catch (...) {
        pyro::fail_current();
        return nullptr;
    }
}
PYRO_EXPORT void pyro_generator_free(at::Generator* generator) { delete generator; }
PYRO_EXPORT int32_t pyro_generator_seed(at::Generator& generator, uint64_t seed) {
    return pyro::status([&] {
        auto lock = locked(generator);
        generator.set_current_seed(seed);
    });
}
PYRO_EXPORT uint64_t pyro_generator_current_seed(at::Generator& generator) { return generator.current_seed(); }
PYRO_EXPORT at::Tensor* pyro_generator_get_state(at::Generator& generator) {
    return pyro::tensor([&] {
        auto lock = locked(generator);
        return generator.get_state();
    });
}
PYRO_EXPORT int32_t pyro_generator_set_state(at::Generator& generator, T state) {
    return pyro::status([&] {
        auto lock = locked(generator);
        generator.set_state(state);
    });
}
PYRO_EXPORT int32_t pyro_get_num_threads() { return at::get_num_threads(); }
PYRO_EXPORT int32_t pyro_set_num_threads(int32_t threads) { return pyro::status([&] { at::set_num_threads(threads); }); }
PYRO_EXPORT int32_t pyro_cuda_is_available() { return at::hasCUDA(); }
