#include <libnv/libnv.hpp>

#include <cstdio>

int main() {
    libnv::Container container;
    libnv::Counter counter = container.counter("installed_total", "Programs that found libnv.");
    counter.inc();
    std::printf("counted %llu\n", static_cast<unsigned long long>(counter.value()));
    std::fputs(container.text().c_str(), stdout);
    return counter.value() == 1 ? 0 : 1;
}
