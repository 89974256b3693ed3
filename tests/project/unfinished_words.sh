#!/usr/bin/env bash
# unfinished_words.sh ROOT: what is committed is finished; what is not belongs into an issue.
set -euo pipefail
source "$(dirname "$0")/tracked.sh"
root=$1
# Written in halves, so that this file passes its own check.
marks='\b(TO''DO|FIX''ME|X''XX|HA''CK)\b'
phrases='not imple''mented|(//|#|\*).*place''holder'

tracked "$root" '*.cpp' '*.h' '*.hxx' '*.cmake' 'CMakeLists.txt' '*.sh' '*.py' '*.in' '*.json' '*.launch' | while read -r file; do
  { grep -nIE "$marks" "$root/$file" || true; grep -nIiE "$phrases" "$root/$file" || true; } | sed "s,^,$file:,"
done | report
