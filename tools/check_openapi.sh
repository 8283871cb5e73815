#!/usr/bin/env bash
# The committed OpenAPI document is what the program prints, and a public linter finds it valid.
set -euo pipefail
cd "$(dirname "$0")/.."
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
build/release/lianxin openapi > "$printed"
diff -u docs/api/openapi.json "$printed" | head -n 40
(cd web && npx --no-install redocly lint --config redocly.yaml ../docs/api/openapi.json)
