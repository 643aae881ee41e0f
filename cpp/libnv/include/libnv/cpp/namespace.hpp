/* The namespaces of the C++ layer.
 *
 * Its functions are inline, and a dynamic linker may take one library's copy for all. What binds
 * late differs from what is linked, and one version from the next, so their names differ. */
#ifndef LIBNV_CPP_NAMESPACE_HPP
#define LIBNV_CPP_NAMESPACE_HPP

#ifdef LIBNV_LATE_BIND
#define LIBNV_NAMESPACE v1_late
#else
#define LIBNV_NAMESPACE v1
#endif

#endif
