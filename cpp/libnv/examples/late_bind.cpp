// A program that loads a library with metrics, and shows what it counted.
//
// The library was built without libnv.so. It counts from the first request on; what it counted
// before there was a libnv in the process is on the page too.
#include "library.hpp"

#include <dlfcn.h>
#include <libnv/libnv.hpp>

#include <cstdio>

int main(int count, char **arguments) {
    if (count < 2) {
        std::fprintf(stderr, "usage: %s LIBRARY\n", arguments[0]);
        return 2;
    }
    void *library = dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL);
    auto *handle =
        library ? reinterpret_cast<decltype(&handle_request)>(dlsym(library, "handle_request"))
                : nullptr;
    if (!handle) {
        std::fprintf(stderr, "can not load %s: %s\n", arguments[1], dlerror());
        return 1;
    }
    handle(500.0);
    std::fputs(libnv::Container().text().c_str(), stdout);
    return 0;
}
