#!/bin/bash
# Makes words/zh-Hant.toml of a pack from its words/zh-Hans.toml with OpenCC (Debian package opencc). The result is
# committed and read over by a person: words that OpenCC gets wrong in this field are corrected below.
#   tools/make_traditional.sh packs/common packs/dayao
set -euo pipefail
for pack in "$@"; do
    opencc -c s2t.json -i "$pack/words/zh-Hans.toml" |
        sed -e 's/賬/帳/g' -e 's/臺/台/g' -e 's/檯/台/g' -e 's/衆/眾/g' -e 's/纔/才/g' -e 's/覈/核/g' -e 's/爲/為/g' -e 's/羣/群/g' -e 's/裏/裡/g' -e 's/喫/吃/g' -e 's/繫統/系統/g' -e 's/換髮/換發/g' -e 's/不準/不准/g' \
            -e 's/^zh-Hans = .*/zh-Hans = "簡體中文"/' > "$pack/words/zh-Hant.toml"
done
