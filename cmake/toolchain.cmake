# Warnings are errors; mold links, ccache remembers; sanitizers by LIANXIN_SANITIZE.
add_library(lianxin_options INTERFACE)
target_compile_options(lianxin_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wconversion -Wsign-conversion
    -Wcast-align -Wnull-dereference -Wdouble-promotion -Wformat=2 -Werror)
target_include_directories(lianxin_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
# These see ghosts inside the standard library once g++ 12 inlines it. They must stand behind the list above: the last of
# two contrary flags holds, and CMAKE_CXX_FLAGS_RELEASE comes before a target's options.
target_compile_options(lianxin_options INTERFACE
    "$<$<CONFIG:Release>:-Wno-null-dereference;-Wno-maybe-uninitialized;-Wno-restrict;-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>")

find_program(LIANXIN_MOLD mold)
if(LIANXIN_MOLD)
    add_link_options(-fuse-ld=mold)
endif()
find_program(LIANXIN_CCACHE ccache)
if(LIANXIN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros ${LIANXIN_CCACHE})
endif()

if(LIANXIN_SANITIZE STREQUAL "address")
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -Wno-null-dereference -Wno-maybe-uninitialized)
    add_link_options(-fsanitize=address,undefined)
elseif(LIANXIN_SANITIZE STREQUAL "thread")
    add_compile_options(-fsanitize=thread -O1 -Wno-tsan -Wno-null-dereference -Wno-maybe-uninitialized)
    add_link_options(-fsanitize=thread)
endif()
