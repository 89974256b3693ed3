#!/usr/bin/env bash
# install_test.sh BUILD CXX_FLAGS: installs a build into a folder of its own, builds tests/project/consumer against it
# and runs what was installed. Nothing may lead back to the build or source folder.
set -euo pipefail
build=$(realpath "$1") flags=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "install: $*" >&2; exit 1; }

cmake --install "$build" --prefix "$scratch/first" >"$scratch/install.log" || { cat "$scratch/install.log"; die "it failed"; }
mv "$scratch/first" "$scratch/prefix"  # what is installed may be moved
prefix=$scratch/prefix
unset LD_LIBRARY_PATH GST_PLUGIN_PATH FIRSTFRAME_GST_PLUGIN_DIR

grep -rlE '#include <(torch|ATen|c10|opencv2)/' "$prefix/include" && die "these public headers include LibTorch or OpenCV"
[ -f "$prefix/include/firstframe/core/base/version.h" ] || die "core/base/version.h is missing"
[ -f "$prefix/share/doc/firstframe/LICENSE" ] || die "LICENSE is missing"
grep -rl "$build" "$prefix/lib/cmake" && die "these package files name the build folder"

cmake -S "$here/consumer" -B "$scratch/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_CXX_FLAGS="$flags" \
  >"$scratch/configure.log" 2>&1 || { cat "$scratch/configure.log"; die "the consumer does not configure"; }
cmake --build "$scratch/consumer" >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log"; die "the consumer does not build"; }
cd "$scratch"
consumer/consumer || die "the consumer fails"

# Every one of our libraries is found in the prefix.
found_in_prefix() {
  ldd "$1" | awk -v prefix="$prefix/" -v name="$1" '/libfirstframe/ { found = 1; if (index($3, prefix) != 1) { print name " finds " $0; bad = 1 } }
    END { exit bad || !found }' || die "${1#"$prefix"/} does not find our libraries beside itself"
}
found_in_prefix consumer/consumer
if [ -x "$prefix/bin/firstframe" ]; then
  found_in_prefix "$prefix/bin/firstframe"
  "$prefix/bin/firstframe" inspect model.safetensors | grep -q linear || die "the command cannot read the consumer's model"
fi
plugin=$(find "$prefix" -name 'libgstfirstframe.so')
if [ -n "$plugin" ]; then
  found_in_prefix "$plugin"
  GST_REGISTRY="$scratch/registry" GST_PLUGIN_PATH=$(dirname "$plugin") gst-inspect-1.0 firstframerestore >/dev/null ||
    die "GStreamer does not load the plugin"
fi
echo "installed: $(find "$prefix" -type f | wc -l) files"
