#!/usr/bin/env bash
# layering.sh ROOT: the arrows between folders point one way, core <- io <- elements <- pipelines, examples, and LibTorch's
# headers stay inside core. Both are read from the #include lines.
set -euo pipefail
source "$(dirname "$0")/tracked.sh"
root=$1

includes() {  # file, line number, what is included, with its quotes or angles
  tracked "$root" '*.cpp' '*.h' '*.hxx' '*.cxx' | grep -E '^(core|io|elements|pipelines|examples)/' | while read -r file; do
    awk -v file="$file" 'match($0, /^[ \t]*#[ \t]*include[ \t]*[<"][^>"]+[>"]/) {
      name = substr($0, RSTART, RLENGTH); sub(/^[^<"]*/, "", name); print file, FNR, name }' "$root/$file"
  done
}

includes | awk '
  BEGIN {
    may["core"] = " core "
    may["io"] = " core io "
    may["elements"] = " core io elements "
    may["pipelines"] = " core io elements pipelines "
    may["examples"] = " core io elements examples "
  }
  {
    file = $1; line = $2; name = substr($3, 2, length($3) - 2)
    folder = file; sub(/\/.*/, "", folder)
    target = name; sub(/\/.*/, "", target)
    if (name ~ /(^|\/)\.\.\//) print file ":" line ": " name " climbs out of its folder; name it from the top"
    if ((target in may) && !index(may[folder], " " target " ")) print file ":" line ": " folder " may not include " name
    if (name ~ /^(torch|ATen|c10)\//) heavy[file] = line ": " name
    count++; from[count] = file; at[count] = line; to[count] = name
  }
  END {
    # Whoever includes a file that meets LibTorch meets it too.
    do {
      changed = 0
      for (i = 1; i <= count; i++)
        if ((to[i] in heavy) && !(from[i] in heavy)) { heavy[from[i]] = at[i] ": " to[i]; changed = 1 }
    } while (changed)
    for (file in heavy)
      if (file !~ /^core\//) print file ":" heavy[file] " brings in the headers of LibTorch, which stay inside core"
  }' | sort | report
