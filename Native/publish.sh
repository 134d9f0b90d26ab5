#!/usr/bin/env bash
# Publishes libsquelch.so once per instruction set, as <folder>/libsquelch.x86-64-v2.so, -v3.so and -v4.so.
# The one to load is that of the highest level that the processor has: see include/squelch_load.h.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: publish.sh FOLDER [LEVEL...]" >&2; exit 2; }
here="$(cd "$(dirname "$0")" && pwd)"
mkdir -p "$1"
folder="$(cd "$1" && pwd)"
shift
published="$(mktemp -d)"
trap 'rm -rf "$published"' EXIT
for level in ${@:-2 3 4}; do
  dotnet publish -c Release -r linux-x64 "$here/Library" -p:IlcInstructionSet="x86-64-v$level" -o "$published" -v quiet --nologo
  mv "$published/libsquelch.so" "$folder/libsquelch.x86-64-v$level.so"
done
