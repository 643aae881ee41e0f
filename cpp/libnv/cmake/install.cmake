# What `cmake --install` puts where, for find_package(libnv) and for pkg-config.
include(CMakePackageConfigHelpers)

set(LIBNV_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/libnv)

install(DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include/libnv
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS libnv libnv_headers EXPORT libnvTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT libnvTargets NAMESPACE libnv:: DESTINATION ${LIBNV_CMAKE_DIR})

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/libnvConfig.cmake.in
    ${CMAKE_CURRENT_BINARY_DIR}/libnvConfig.cmake
    INSTALL_DESTINATION ${LIBNV_CMAKE_DIR})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/libnvConfigVersion.cmake
    COMPATIBILITY SameMajorVersion)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/libnvConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/libnvConfigVersion.cmake
    DESTINATION ${LIBNV_CMAKE_DIR})

# Relative to the file, so that the tree may be moved.
file(RELATIVE_PATH LIBNV_PREFIX_FROM_PC
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(${CMAKE_CURRENT_LIST_DIR}/libnv.pc.in ${CMAKE_CURRENT_BINARY_DIR}/libnv.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/libnv.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
