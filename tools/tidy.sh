#!/usr/bin/env bash
# clang-tidy over every source of the product (tests are compiled with the same warnings, not tidied).
set -euo pipefail
cd "$(dirname "$0")/.."
build=${1:-build/release}
git ls-files 'src/*.cpp' 'src/*.cc' | grep -v '_test\.cpp$' | xargs -P "$(nproc)" -n 3 clang-tidy -p "$build" --quiet
