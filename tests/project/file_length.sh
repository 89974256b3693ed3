#!/usr/bin/env bash
# file_length.sh ROOT: one file, one idea; a source file above 400 lines holds more than one.
set -euo pipefail
source "$(dirname "$0")/tracked.sh"
root=$1 most=400

tracked "$root" '*.cpp' '*.h' '*.hxx' '*.cxx' '*.cmake' 'CMakeLists.txt' '*.sh' '*.py' | while read -r file; do
  lines=$(wc -l <"$root/$file")
  [ "$lines" -le "$most" ] || echo "$file: $lines lines; split it, $most are the most"
done | report
