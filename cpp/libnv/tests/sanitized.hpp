// What tests can not do where a sanitizer watches.
#pragma once

#if defined(__has_feature)
#define LIBNV_TEST_HAS(feature) __has_feature(feature)
#else
#define LIBNV_TEST_HAS(feature) 0
#endif

namespace libnv::test {

#if defined(__SANITIZE_THREAD__) || LIBNV_TEST_HAS(thread_sanitizer)
inline constexpr bool kIsThreadSanitized = true;
#else
inline constexpr bool kIsThreadSanitized = false;
#endif

#if defined(__SANITIZE_ADDRESS__) || LIBNV_TEST_HAS(address_sanitizer)
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = kIsThreadSanitized;
#endif

} // namespace libnv::test

#undef LIBNV_TEST_HAS
