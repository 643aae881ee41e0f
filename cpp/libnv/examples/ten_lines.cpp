// A program that serves a page of its own.
#include <libnv/libnv.hpp>

#include <cstdio>

int main() {
    libnv::Container container;
    auto requests = container.counter("requests_total", "Requests handled.");
    auto server = libnv::serve(); // {"0.0.0.0", 9090} is what others can reach
    requests.inc();
    std::fputs(container.text().c_str(), stdout);
    return server ? 0 : 1;
}
