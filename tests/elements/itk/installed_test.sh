#!/usr/bin/env bash
# installed_test.sh SOURCE BUILD: installs a build into a folder of its own, and builds against it the example, as a program of
# somebody else's does, and elements/itk on its own, as an external module.
set -euo pipefail
source_dir=$(realpath "$1") build=$(realpath "$2")
here=$source_dir/tests/elements/itk
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
die() { echo "installed: $*" >&2; exit 1; }
quietly() { "$@" >"$scratch/log" 2>&1 || { cat "$scratch/log"; die "failed: $*"; }; }

quietly cmake --install "$build" --prefix "$scratch/prefix"
grep -rl "$build" "$scratch/prefix/lib/cmake" && die "these package files name the build folder"

quietly cmake -S "$here/consumer" -B "$scratch/consumer" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/prefix" \
  -DEXAMPLE="$source_dir/examples/itk_restore.cpp"
quietly cmake --build "$scratch/consumer"
{ "$scratch/consumer/itk_restore" 2>&1 || true; } | grep -q usage || die "the example does not start"

quietly cmake -S "$source_dir/elements/itk" -B "$scratch/module" -G Ninja -DCMAKE_PREFIX_PATH="$scratch/prefix"
quietly cmake --build "$scratch/module"
quietly ctest --test-dir "$scratch/module" --no-tests=error
echo "the example and the module build against what was installed"
