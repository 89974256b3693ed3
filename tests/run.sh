#!/usr/bin/env bash
# Installs what is missing, builds Release with all tests and runs them: tests/run.sh [--all]
# --all also runs the slow tests (trainings of a minute and more).
set -euo pipefail
cd "$(dirname "$0")/.."
source cmake/debian-packages.sh

labels=(--label-exclude slow)
case "${1:-}" in
  "") ;;
  --all) labels=() ;;
  *) echo "usage: tests/run.sh [--all]" >&2; exit 64 ;;
esac

firstframe_install "${FIRSTFRAME_BUILD_PACKAGES[@]}" "${FIRSTFRAME_RUN_PACKAGES[@]}" "${FIRSTFRAME_TEST_PACKAGES[@]}"
cmake --preset release
cmake --build --preset release
# One test at a time: many train, and use all processors themselves.
ctest --test-dir build/release --output-on-failure "${labels[@]}"
