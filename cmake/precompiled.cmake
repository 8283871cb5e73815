# Headers read once instead of by each of four hundred sources: the standard library, the JSON library, GoogleTest. They
# hide no floor: a source still includes what it uses, because clang-tidy reads it without them (tools/tidy.sh).
#   lianxin_precompiled(TARGET std|json|test)
option(LIANXIN_PRECOMPILED "Read the headers of libraries once" ON)

set(std_headers <algorithm> <array> <atomic> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <mutex> <optional>
    <set> <span> <string> <string_view> <thread> <unordered_map> <utility> <variant> <vector>)
set(json_headers ${std_headers} <boost/json.hpp> <boost/describe/class.hpp>)
set(test_headers ${json_headers} <gmock/gmock.h> <gtest/gtest.h>)

# What was read once was read under one set of macros, so all sources have those of the JSON library.
target_compile_definitions(lianxin_options INTERFACE
    BOOST_CONTAINER_DYN_LINK BOOST_CONTAINER_NO_LIB BOOST_JSON_DYN_LINK BOOST_JSON_NO_LIB)

foreach(set std json test)
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/precompiled_${set}.cpp CONTENT "// Nothing but its headers.\n")
    add_library(precompiled_${set} OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/generated/precompiled_${set}.cpp)
    target_link_libraries(precompiled_${set} PRIVATE lianxin_options $<$<STREQUAL:${set},test>:GTest::gtest>)
    if(LIANXIN_PRECOMPILED)
        target_precompile_headers(precompiled_${set} PRIVATE ${${set}_headers})
    endif()
endforeach()

function(lianxin_precompiled target set)
    if(LIANXIN_PRECOMPILED)
        target_precompile_headers(${target} REUSE_FROM precompiled_${set})
        # What lets ccache see through them.
        target_compile_options(${target} PRIVATE -fpch-preprocess)
    endif()
endfunction()
