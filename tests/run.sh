#!/usr/bin/env bash
# Installs what is missing, builds Release with all tests and runs them: tests/run.sh [--all]
# --all also runs the slow tests (trainings of a minute and more). The last line is CTest's verdict.
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
cmake --preset release -DFIRSTFRAME_TESTS=ON -DFIRSTFRAME_IO=ON -DFIRSTFRAME_ITK=ON -DFIRSTFRAME_GST=ON
cmake --build --preset release

# Two at a time, since many wait or use one processor; those that run against the clock have the machine to themselves.
log=build/release/ctest.log
verdict=0
ctest --test-dir build/release --parallel 2 --output-on-failure --no-label-summary "${labels[@]}" 2>&1 | tee "$log" || verdict=$?
grep -E '^[0-9]+% tests passed' "$log" || verdict=1  # no such line: no test ran
exit "$verdict"
