#include "shim.h"
#include <cstring>

namespace {
thread_local std::string last_error;

// libtorch appends its C++ stack to what(); the reader wants the sentences before it.
std::string sentences(const char* what) {
    std::string text(what);
    auto end = text.find("\nException raised from");
    if (end != std::string::npos) text.resize(end);
    return text;
}
}  // namespace

void pyro::fail(const char* message) noexcept {
    try { last_error = sentences(message); } catch (...) { last_error.clear(); }
}

void pyro::fail_current() noexcept {
    try {
        throw;
    } catch (const c10::Error& error) {
        fail(error.what_without_backtrace());
    } catch (const std::bad_alloc&) {
        fail("out of memory");
    } catch (const std::exception& error) {
        fail(error.what());
    } catch (...) {
        fail("an unknown native error");
    }
}

// The last failed call's message on this thread, valid until the next failure.
PYRO_EXPORT const char* pyro_error() { return last_error.c_str(); }
