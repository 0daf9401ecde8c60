// What every exported function is made of: argument types that C# passes by value, a result that fits two registers, and a guard that
// lets no C++ exception out.
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#define PYRO_EXPORT extern "C" __attribute__((visibility("default")))

namespace pyro {

using i64 = int64_t;
using i32 = int32_t;
using f64 = double;
using f32 = float;

// libtorch's optional: its own class in 1.13, std::optional later.
template <class> struct OptionalOf;
template <template <class> class O, class V> struct OptionalOf<O<V>> {
    template <class W> using type = O<W>;
};
template <class V>
using Opt = typename OptionalOf<decltype(std::declval<at::TensorOptions>().device_opt())>::template type<V>;

// A tensor argument, borrowed: the caller keeps it alive. An at::Tensor is one pointer to its implementation, so the pointer that C# holds
// is read as one in place, without touching the reference count.
struct T {
    c10::TensorImpl* impl;
    const at::Tensor& get() const { return *reinterpret_cast<const at::Tensor*>(&impl); }
    operator const at::Tensor&() const { return get(); }
    const at::Tensor* operator->() const { return &get(); }
};
static_assert(sizeof(at::Tensor) == sizeof(c10::TensorImpl*), "a tensor is one pointer");

// A borrowed tensor for libtorch's functions in place, which take it as if it were theirs.
inline at::Tensor& mut(const T& tensor) { return const_cast<at::Tensor&>(tensor.get()); }

// A tensor argument that may be absent (null).
struct OT {
    c10::TensorImpl* impl;
    bool has() const { return impl != nullptr; }
    at::Tensor get() const { return impl ? reinterpret_cast<const at::Tensor&>(impl) : at::Tensor(); }
    operator Opt<at::Tensor>() const { return impl ? Opt<at::Tensor>(reinterpret_cast<const at::Tensor&>(impl)) : Opt<at::Tensor>(); }
};

// A tensor that receives the result, or nothing (null).
using Out = OT;

// Several tensors, borrowed.
struct Ts {
    c10::TensorImpl* const* impls;
    i64 count;
    at::TensorList list() const { return {reinterpret_cast<const at::Tensor*>(impls), static_cast<size_t>(count)}; }
};

// The same, where single ones may be absent (null).
struct OTs {
    c10::TensorImpl* const* impls;
    i64 count;
};

// Shapes, strides, dimensions.
struct Ints {
    const i64* values;
    i64 count;
    at::IntArrayRef get() const { return {values, static_cast<size_t>(count)}; }
    operator at::IntArrayRef() const { return get(); }
};

// The same, or absent (null values).
struct OInts {
    const i64* values;
    i64 count;
    bool has() const { return values != nullptr; }
    at::OptionalIntArrayRef get() const {
        return values ? at::OptionalIntArrayRef(at::IntArrayRef(values, static_cast<size_t>(count))) : at::OptionalIntArrayRef();
    }
    std::vector<i64> or_else(at::IntArrayRef fallback) const { return values ? std::vector<i64>(values, values + count) : fallback.vec(); }
    std::vector<i64> or_else(size_t dimensions, i64 each) const { return or_else(std::vector<i64>(dimensions, each)); }
};

// Sizes that C# passes as an array.
using Sizes = Ints;

struct OInt {
    i64 value;
    i64 present;
    operator Opt<i64>() const { return present ? Opt<i64>(value) : Opt<i64>(); }
    i64 or_else(i64 fallback) const { return present ? value : fallback; }
};

struct ODouble {
    double value;
    i64 present;
    operator Opt<double>() const { return present ? Opt<double>(value) : Opt<double>(); }
};

// Factors, or absent (null values).
struct ODoubles {
    const f64* values;
    i64 count;
    operator Opt<at::ArrayRef<f64>>() const {
        return values ? Opt<at::ArrayRef<f64>>(at::ArrayRef<f64>(values, static_cast<size_t>(count))) : Opt<at::ArrayRef<f64>>();
    }
};

// How a loss is reduced, with libtorch's numbers (at::Reduction).
using Red = i64;
constexpr Red Mean = 1;

// Which direction of a Fourier transform is divided by the length, with TorchSharp's numbers (FFTNormType).
struct Norm {
    i64 value;
    operator Opt<c10::string_view>() const {
        return value == 1 ? c10::string_view("forward") : value == 2 ? c10::string_view("ortho") : c10::string_view("backward");
    }
};

// A number with its kind, by value.
struct Num {
    enum Kind : i64 { None, Integer, Real, Boolean, Complex };
    i64 kind;
    union {
        i64 integer;
        double real;
    };
    double imaginary;
    bool has() const { return kind != None; }
    operator at::Scalar() const {
        switch (kind) {
            case Integer: return at::Scalar(integer);
            case Boolean: return at::Scalar(integer != 0);
            case Complex: return at::Scalar(c10::complex<double>(real, imaginary));
            default: return at::Scalar(real);
        }
    }
};

// A number or nothing (kind None).
struct ONum {
    Num number;
    bool has() const { return number.has(); }
    operator Opt<at::Scalar>() const { return has() ? Opt<at::Scalar>(at::Scalar(number)) : Opt<at::Scalar>(); }
};

// An element type, or -1 for none.
struct Dtype {
    int8_t value;
    bool has() const { return value >= 0; }
    at::ScalarType get() const { return static_cast<at::ScalarType>(value); }
    operator Opt<at::ScalarType>() const { return has() ? Opt<at::ScalarType>(get()) : Opt<at::ScalarType>(); }
};

// Element type, device and gradient flag of a tensor to be made; -1 means libtorch's default.
struct Opts {
    int8_t dtype;
    int8_t device;
    int8_t index;
    int8_t requires_grad;
    operator at::TensorOptions() const {
        at::TensorOptions options;
        if (dtype >= 0) options = options.dtype(static_cast<at::ScalarType>(dtype));
        if (device >= 0) options = options.device(c10::Device(static_cast<c10::DeviceType>(device), index));
        return options;
    }
    // The factories of ATen leave the flag alone.
    at::Tensor mark(at::Tensor made) const { return requires_grad ? made.set_requires_grad(true) : made; }
};

// A random number generator, borrowed, or null for the default one of the device.
struct Gen {
    c10::GeneratorImpl* impl;
    operator Opt<at::Generator>() const { return impl ? Opt<at::Generator>(reinterpret_cast<const at::Generator&>(impl)) : Opt<at::Generator>(); }
};
static_assert(sizeof(at::Generator) == sizeof(c10::GeneratorImpl*), "a generator is one pointer");

// Memory of the caller.
using Ptr = void*;

// Text, UTF-8.
struct Str {
    const char* bytes;
    i64 count;
    operator c10::string_view() const { return c10::string_view(bytes, static_cast<size_t>(count)); }
    std::string str() const { return std::string(bytes, static_cast<size_t>(count)); }
};

// value: an owned tensor, or a marker; null when the call failed. extra: the bytes that the tensor alone owns, or a number.
struct Result {
    void* value;
    i64 extra;
};

inline void* const nothing = reinterpret_cast<void*>(1);

// What an in-place operation returns: nothing new.
struct Done {};

// The results after the first wait here until the caller takes them.
std::vector<Result>& waiting();
// Stores a text that the caller reads next.
void say(const std::string& text);
// The text stored last.
const std::string& said();
// Stores the message of the exception that is being handled.
Result failed() noexcept;

inline Result wrap(at::Tensor tensor) {
    if (!tensor.defined()) return {nothing, 0};
    i64 bytes = 0;
    if (tensor.has_storage()) {
        const auto& storage = tensor.storage();
        if (storage.use_count() == 1) bytes = static_cast<i64>(storage.nbytes());
    }
    return {tensor.unsafeReleaseTensorImpl(), bytes};
}
inline Result wrap(Done) { return {nothing, 0}; }
inline Result wrap(bool flag) { return {nothing, flag}; }
inline Result wrap(i64 number) { return {nothing, number}; }
inline Result wrap(double number) {
    Result result{nothing, 0};
    static_assert(sizeof(number) == sizeof(result.extra), "a double travels as its bits");
    __builtin_memcpy(&result.extra, &number, sizeof number);
    return result;
}

inline Result wrap_all(std::vector<at::Tensor> tensors) {
    auto& queue = waiting();
    queue.clear();
    for (auto i = tensors.size(); i-- > 0;) queue.push_back(wrap(std::move(tensors[i])));
    return {nothing, static_cast<i64>(queue.size())};
}
inline Result wrap(std::vector<at::Tensor> tensors) { return wrap_all(std::move(tensors)); }
template <class... Tensors> Result wrap(std::tuple<Tensors...> tensors) {
    return std::apply([](auto&... each) { return wrap_all({std::move(each)...}); }, tensors);
}

// The just-in-time compiler may call us with the upper halves of the vector registers in use. Processors then spend hundreds of cycles where
// libtorch mixes instructions that know these halves with ones that do not: one instruction here instead.
inline void clear_upper_halves() {
#if defined(__x86_64__) && defined(__GNUC__)
    if (__builtin_cpu_supports("avx")) asm volatile("vzeroupper");
#endif
}

template <class F> Result guard(F&& body) noexcept {
    clear_upper_halves();
    try {
        return wrap(body());
    } catch (...) {
        return failed();
    }
}

}  // namespace pyro
