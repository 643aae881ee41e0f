// Runs the scenarios of tests/conformance against a registry behind the C ABI.
#pragma once

#include <string>

#include <libnv/libnv.h>

#include "scenario.hpp"
#include "subject.hpp"

namespace libnv::conformance {

/// Runs one scenario against a registry of its own; returns what went wrong, or nothing.
std::string run(const Scenario &scenario, const Open &open);

} // namespace libnv::conformance

extern "C" {

/// Runs all scenarios of a folder, each against a registry that `open` makes and `close` ends;
/// tells `report` what failed, and at the end how many passed. Returns the number that failed, or
/// -1 where the folder can not be read.
int32_t libnv_conformance(const char *folder,
                          const libnv_registry_v1 *(*open)(void *context, void **self),
                          void (*close)(void *context, void *self), void *context,
                          libnv_sink report, void *report_context);
}
