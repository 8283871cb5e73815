#!/usr/bin/env bash
# clang-tidy over every source of the product (tests are compiled with the same warnings, not tidied).
# A source whose own text and headers have not changed since it was last clean is not read again.
#   tools/tidy.sh [BUILD]   findings on standard output; exits non-zero when there are any
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
mkdir -p build/tidy
# Without the headers read once for g++ (cmake/precompiled.cmake): each source must stand by what it includes itself.
sed -E 's/ -Winvalid-pch| -fpch-preprocess| -include [^ "]*cmake_pch\.hxx//g' "$build/compile_commands.json" > build/tidy/compile_commands.json

one() {
    local source=$1 stamp findings
    stamp=build/tidy/$(printf '%s' "$source" | tr / _)
    # The house's own headers are what can change under a source; the distribution's do not.
    local now
    now=$( { cat .clang-tidy tools/tidy.sh "$source"; g++ -std=c++20 -Isrc -MM "$source" -MF - -I/usr/include/postgresql -I/usr/include/minizip 2>/dev/null |
        tr ' \\' '\n\n' | grep -E '^src/' | sort -u | xargs -r cat; } | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" = "$now" ] && return 0
    # The build speaks to g++, some of whose warnings clang has never heard of.
    if findings=$(clang-tidy -p build/tidy --quiet --extra-arg=-Wno-unknown-warning-option "$source" 2>/dev/null); then
        printf '%s' "$now" > "$stamp"
    else
        printf '%s\n' "$findings"
        return 1
    fi
}
export -f one
git ls-files 'src/*.cpp' 'src/*.cc' | grep -v '_test\.cpp$' | xargs -P "$(nproc)" -I{} bash -c 'one "$1"' _ {}
