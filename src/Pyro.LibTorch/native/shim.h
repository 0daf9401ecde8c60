// The frame of every export: C types in, no exception out, a message left behind for the managed side.
#pragma once
#include <ATen/ATen.h>
#include <cstdint>
#include <string>

#define PYRO_EXPORT extern "C" __attribute__((visibility("default")))

// The letters of the operation tables (ops*.def). References are pointers in the C ABI; the managed side never passes a null for a T.
using T = const at::Tensor&;   // a tensor
using O = const at::Tensor*;   // a tensor or null
using I = int64_t;
using N = int32_t;
using D = double;
using B = uint8_t;
using L = const int64_t*;      // longs, followed by their count (N)
using A = at::Tensor* const*;  // tensors, followed by their count (N)
using G = at::Generator*;      // a generator or null

// A number by value, with the kind it has in C#: 0 floating, 1 integral, 2 boolean.
struct S {
    double floating;
    int64_t integral;
    int64_t kind;
    at::Scalar scalar() const {
        return kind == 0 ? at::Scalar(floating) : kind == 1 ? at::Scalar(integral) : at::Scalar(integral != 0);
    }
};

namespace pyro {

void fail(const char* message) noexcept;   // keeps the message for pyro_error on this thread
void fail_current() noexcept;              // the same for the exception in flight

inline at::IntArrayRef longs(L values, N count) { return {values, static_cast<size_t>(count)}; }
inline at::Tensor optional(O tensor) { return tensor ? *tensor : at::Tensor(); }
inline c10::optional<at::Generator> optional(G generator) {
    return generator ? c10::optional<at::Generator>(*generator) : c10::optional<at::Generator>();
}
inline std::vector<at::Tensor> tensors(A values, N count) {
    std::vector<at::Tensor> result;
    result.reserve(count);
    for (N i = 0; i < count; ++i) result.push_back(*values[i]);
    return result;
}
inline at::ScalarType dtype(N type) { return static_cast<at::ScalarType>(type); }
inline c10::optional<at::ScalarType> optional_dtype(N type) {
    return type < 0 ? c10::optional<at::ScalarType>() : c10::optional<at::ScalarType>(dtype(type));
}
inline at::TensorOptions options(N type, N device, N index) {
    return at::TensorOptions().dtype(dtype(type)).device(at::Device(static_cast<at::DeviceType>(device), static_cast<at::DeviceIndex>(index)));
}

// Runs an expression whose tensor becomes a handle; null says that it failed.
template <class F> at::Tensor* tensor(F&& body) noexcept {
    try {
        return new at::Tensor(body());
    } catch (...) {
        fail_current();
        return nullptr;
    }
}
// Runs a statement; 0 says that it went well.
template <class F> int32_t status(F&& body) noexcept {
    try {
        body();
        return 0;
    } catch (...) {
        fail_current();
        return 1;
    }
}

}  // namespace pyro
