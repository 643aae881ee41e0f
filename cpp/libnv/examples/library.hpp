// The interface of a library that has metrics, which its users need not know.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

// Handles a request of so many bytes, and tells how many it has handled.
__attribute__((visibility("default"))) unsigned long handle_request(double bytes);

#ifdef __cplusplus
}
#endif
