#!/bin/bash
# A throw-away PostgreSQL for tests: loopback, spare port, a user that is not root, no fsync.
#   tools/postgres_for_tests.sh start DIR [PID]   makes DIR, starts a server in it and prints its URL; with PID, the server
#                                                 ends when that process does
#   tools/postgres_for_tests.sh stop DIR          ends it and removes DIR
#   tools/postgres_for_tests.sh halt DIR          kills it; its data stays
#   tools/postgres_for_tests.sh resume DIR        starts it again where it was
set -euo pipefail
bin=${LIANXIN_PG_BIN:-/usr/lib/postgresql/15/bin}
action=${1:-} directory=${2:-}
[ -n "$action" ] && [ -n "$directory" ] || { echo "usage: $0 start DIR [PID] | stop DIR | halt DIR | resume DIR" >&2; exit 64; }
[ -x "$bin/postgres" ] || { echo "no PostgreSQL in $bin: apt-get install postgresql-15" >&2; exit 69; }

as_user() {
    if [ "$(id -u)" != 0 ]; then "$@"; return; fi
    local user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    (cd / && setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --reset-env -- "$@")
}

stop() {
    local pid
    pid=$(head -n 1 "$directory/data/postmaster.pid" 2>/dev/null || true)
    if [ -n "$pid" ]; then
        kill -INT "$pid" 2>/dev/null || true
        tail --pid="$pid" -f /dev/null --sleep-interval=0.1 2>/dev/null || true
    fi
    rm -rf "$directory"
}

start() {
    mkdir -p "$directory"
    if [ "$(id -u)" = 0 ]; then
        chown "$(id -u postgres 2>/dev/null || id -u nobody)" "$directory"
        chmod 755 "$directory"
    fi
    as_user "$bin/initdb" -D "$directory/data" -U lianxin -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$directory.log" 2>&1 ||
        { cat "$directory.log" >&2; exit 70; }
    rm -f "$directory.log"
    cat >>"$directory/data/postgresql.conf" <<-CONF
	listen_addresses = '127.0.0.1'
	unix_socket_directories = ''
	fsync = off
	full_page_writes = off
	synchronous_commit = off
	shared_buffers = 32MB
	max_connections = 200
	max_locks_per_transaction = 512
	CONF
    # Below the ports the kernel gives to whoever connects: a server that was halted finds its own free again.
    local port ephemeral
    read -r ephemeral _ </proc/sys/net/ipv4/ip_local_port_range
    for _ in $(seq 20); do
        port=$((10000 + (RANDOM * 32768 + RANDOM) % (ephemeral - 10000)))
        if as_user "$bin/pg_ctl" -D "$directory/data" -o "-p $port" -l "$directory/data/server.log" -w -s start \
            >/dev/null 2>&1 </dev/null; then
            if [ -n "${1:-}" ]; then
                (tail --pid="$1" -f /dev/null || true; stop) >/dev/null 2>&1 </dev/null &
                disown
            fi
            echo "postgresql://lianxin@127.0.0.1:$port/postgres"
            return
        fi
    done
    cat "$directory/data/server.log" >&2
    exit 70
}

halt() {
    as_user "$bin/pg_ctl" -D "$directory/data" -m immediate -w -s stop >/dev/null 2>&1 </dev/null
}

resume() {
    local options
    options=$(sed -nE 's/.*"(-p)" "([0-9]+)".*/\1 \2/p' "$directory/data/postmaster.opts")
    as_user "$bin/pg_ctl" -D "$directory/data" -o "$options" -l "$directory/data/server.log" -w -s start \
        >/dev/null 2>&1 </dev/null
}

case $action in
    halt) halt ;;
    resume) resume ;;
    start) start "${3:-}" ;;
    stop) stop ;;
    *) echo "unknown: $action" >&2; exit 64 ;;
esac
