// One line of a table is one operation:
//
//     FN(returns, name, (parameters), "what it does", expression)
//
// Here it becomes an exported function pt_name; in C# the generator of Pyro.LibTorch.Bindings reads the same line and makes the call, and,
// by the macro's name, the public members:
//
//     OP    none: hand-written C# calls it          FN    Tensor.name(…) and torch.name(input, …)
//     LR    as FN, with torch.name(left, right)     FT    as FN, with torch.name(tensor, …)
//     METHOD  Tensor.name(…) only                   FUNC  torch.name(…) only
//     IN    class_name is torch.class.name(…), as special_erfcx;  NN  nn_name is torch.nn.functional.name(…)
//     UNARY   FN name and FN name_, in place        ALIAS a second name for every overload of a first
//     FACTORY torch.name(size, …, dtype, device, requires_grad …) in every form of the size
//     ELEMENT torch.tensor(…) of an element type, in C# only
//
// Returns: T, T2, T3, T4 (tuples), Ts (array), Self (in place), bool, i64, f64. Overloads carry a suffix: name__suffix.
#pragma once

#include "core.h"

using namespace pyro;

// A default of the tables.
constexpr Norm Backward{0};

// A length, or all where negative.
inline Opt<i64> whole(i64 length) { return length < 0 ? Opt<i64>() : Opt<i64>(length); }

#define OP(returns, name, parameters, doc, ...) \
    PYRO_EXPORT Result pt_##name parameters { return guard([&] { return PYRO_##returns(__VA_ARGS__); }); }
#define FN OP
#define LR OP
#define FT OP
#define METHOD OP
#define FUNC OP
#define IN OP
#define NN OP
#define UNARY(name, doc) \
    OP(T, name, (T self), doc, at::name(self)) \
    OP(Self, name##_, (T self), doc, self->name##_())
#define FACTORY(name, parameters, doc, ...) OP(T, name, parameters, doc, options.mark(__VA_ARGS__))
#define ALIAS(name, of)
#define ELEMENT(...)

#define PYRO_T(...) at::Tensor(__VA_ARGS__)
#define PYRO_T2(...) (__VA_ARGS__)
#define PYRO_T3(...) (__VA_ARGS__)
#define PYRO_T4(...) (__VA_ARGS__)
#define PYRO_Ts(...) std::vector<at::Tensor>(__VA_ARGS__)
#define PYRO_Self(...) ((void)(__VA_ARGS__), Done())
#define PYRO_bool(...) static_cast<bool>(__VA_ARGS__)
#define PYRO_i64(...) static_cast<i64>(__VA_ARGS__)
#define PYRO_f64(...) static_cast<double>(__VA_ARGS__)
