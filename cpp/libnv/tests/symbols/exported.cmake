# Compares what libnv.so.1 exports with the list that was agreed on. A symbol that is gone breaks
# programs that are not compiled again; one more can never be taken back.
execute_process(COMMAND ${NM} -D --defined-only --format=posix ${LIBRARY}
    OUTPUT_VARIABLE listing COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" lines "${listing}")
set(found "")
foreach(line IN LISTS lines)
    string(REGEX REPLACE " .*" "" symbol "${line}")
    # As llvm-nm writes the name of the version itself.
    string(REPLACE "LIBNV_1@@LIBNV_1" "LIBNV_1" symbol "${symbol}")
    # What sanitizers add.
    if(NOT symbol MATCHES "^__(asan|tsan|ubsan|odr_asan|sanitizer)")
        list(APPEND found "${symbol}")
    endif()
endforeach()
list(SORT found)
list(JOIN found "\n" found)
file(READ ${AGREED} agreed)
string(STRIP "${agreed}" agreed)
if(NOT found STREQUAL agreed)
    message(FATAL_ERROR "exported:\n${found}\nagreed:\n${agreed}")
endif()

execute_process(COMMAND ${READELF} -d ${LIBRARY} OUTPUT_VARIABLE dynamic COMMAND_ERROR_IS_FATAL ANY)
foreach(expected "SONAME.*\\[libnv\\.so\\.1\\]" "FLAGS_1.*NODELETE")
    if(NOT dynamic MATCHES "${expected}")
        message(FATAL_ERROR "${LIBRARY} lacks ${expected}:\n${dynamic}")
    endif()
endforeach()
