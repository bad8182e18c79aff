#!/bin/sh
# The browser tests. Their npm packages are pinned in package-lock.json and installed once.
set -eu
cd "$(dirname "$0")/../.."

node=node
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
    # Debian 12's own Node.js is too old for the browser driver; npm has newer ones.
    [ -x node_modules/node/bin/node ] || npm install --no-save --no-audit --no-fund --silent node@24.21.0 >&2
    node=node_modules/node/bin/node
fi
exec "$node" tests/web/pages.mjs
