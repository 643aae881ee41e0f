// Records, says so, and waits until its standard input ends.

#include <sys/prctl.h>

#include <iostream>

#include <libnv/libnv.hpp>

int main() {
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY); // as the test and the doctor are no relatives
    const libnv::Counter counter = libnv::Container().counter("waiting_total");
    counter.inc();
    std::cout << "recorded" << std::endl;
    for (char c; std::cin.get(c);) {
    }
}
