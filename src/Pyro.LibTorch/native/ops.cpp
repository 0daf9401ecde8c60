// Every line of ops.def becomes its exports.
#include "shim.h"

#define UNARY_NEW(name, doc) PYRO_EXPORT at::Tensor* pyro_##name(T self) { return pyro::tensor([&] { return at::name(self); }); }
#define UNARY(name, doc) UNARY_NEW(name, doc) PYRO_EXPORT int32_t pyro_##name##_(T self) { return pyro::status([&] { self.name##_(); }); }
#define BINARY_NEW(name, doc) PYRO_EXPORT at::Tensor* pyro_##name(T self, T other) { return pyro::tensor([&] { return at::name(self, other); }); }
#define BINARY(name, doc) BINARY_NEW(name, doc) PYRO_EXPORT int32_t pyro_##name##_(T self, T other) { return pyro::status([&] { self.name##_(other); }); }
#define COMPARE(name, doc) \
    BINARY(name, doc) \
    PYRO_EXPORT at::Tensor* pyro_##name##_scalar(T self, S other) { return pyro::tensor([&] { return at::name(self, other.scalar()); }); } \
    PYRO_EXPORT int32_t pyro_##name##_scalar_(T self, S other) { return pyro::status([&] { self.name##_(other.scalar()); }); }
#define OP(name, parameters, ...) PYRO_EXPORT at::Tensor* pyro_##name parameters { return pyro::tensor([&] { return __VA_ARGS__; }); }
#define DO(name, parameters, ...) PYRO_EXPORT int32_t pyro_##name parameters { return pyro::status([&] { __VA_ARGS__; }); }

#include "ops.def"
