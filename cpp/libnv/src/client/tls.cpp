// The thread-local pointer of programs that link the library.
#include "libnv/detail/tls.h"

__thread uint8_t *libnv_tls_base_v1 = nullptr;
