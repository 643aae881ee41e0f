# Installs libnv, moves the tree, and builds programs against it: by find_package, and by
# pkg-config. Needs BUILD, SOURCE, WORK, CC, CXX, FLAGS and LIBDIR.
function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE said ERROR_VARIABLE said)
    if(failed)
        message(FATAL_ERROR "${ARGN} ended with ${failed}:\n${said}")
    endif()
    set(said "${said}" PARENT_SCOPE)
endfunction()

# Runs a program that counts, and checks what it says.
function(expect program count)
    run(${CMAKE_COMMAND} -E env ${ARGN} ${program})
    if(NOT said MATCHES "counted ${count}\n")
        message(FATAL_ERROR "${program} said:\n${said}")
    endif()
    set(said "${said}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/first)
file(RENAME ${WORK}/first ${WORK}/moved)
set(lib ${WORK}/moved/${LIBDIR})

run(${CMAKE_COMMAND} -S ${SOURCE} -B ${WORK}/built -G Ninja
    -DCMAKE_PREFIX_PATH=${WORK}/moved -DCMAKE_C_COMPILER=${CC} -DCMAKE_CXX_COMPILER=${CXX}
    -DCMAKE_C_FLAGS=${FLAGS} -DCMAKE_CXX_FLAGS=${FLAGS})
run(${CMAKE_COMMAND} --build ${WORK}/built)
expect(${WORK}/built/linked 1)
expect(${WORK}/built/c_program 2)
expect(${WORK}/built/late_c_program 2 LD_LIBRARY_PATH=${lib})
expect(${WORK}/built/late 1)
expect(${WORK}/built/late 1 LD_LIBRARY_PATH=${lib})
if(NOT said MATCHES "\ninstalled_total 1\n")
    message(FATAL_ERROR "no page from the library that was found late:\n${said}")
endif()

find_program(PKG_CONFIG pkg-config REQUIRED)
set(ENV{PKG_CONFIG_PATH} ${lib}/pkgconfig)
run(${PKG_CONFIG} --cflags --libs libnv)
separate_arguments(found UNIX_COMMAND "${said}")
run(${PKG_CONFIG} --cflags libnv)
separate_arguments(headers UNIX_COMMAND "${said}")
separate_arguments(flags UNIX_COMMAND "${FLAGS}")
run(${CXX} -std=c++17 ${flags} ${SOURCE}/program.cpp -o ${WORK}/by_pkg_config ${found})
run(${CXX} -std=c++17 ${flags} -DLIBNV_LATE_BIND ${SOURCE}/program.cpp
    -o ${WORK}/late_by_pkg_config ${headers} -ldl)
expect(${WORK}/by_pkg_config 1 LD_LIBRARY_PATH=${lib})
expect(${WORK}/late_by_pkg_config 1)
