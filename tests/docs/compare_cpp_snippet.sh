#!/usr/bin/env bash
# The ```cpp block of a page must be the part of an example between its markers: compare_cpp_snippet.sh PAGE EXAMPLE MARKER
set -euo pipefail
page=$1 example=$2 marker=$3
shown=$(awk '/^```cpp$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$page")
compiled=$(awk -v marker="$marker" 'index($0, "[end: " marker "]") { inside = 0 } inside
  index($0, "[begin: " marker "]") { inside = 1 }' "$example")
[ -n "$compiled" ] || { echo "$example has no part marked $marker" >&2; exit 1; }
diff <(echo "$shown") <(echo "$compiled") || { echo "$page shows other code than $example" >&2; exit 1; }
