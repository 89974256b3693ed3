# Sourced by the checks of this folder.

# tracked ROOT PATTERN...: the files of a tree, one a line, relative to ROOT: those git knows, or all where there is no git.
tracked() {
  local root=$1
  shift
  if git -C "$root" rev-parse --show-toplevel 2>/dev/null | grep -qx "$(realpath "$root")"; then
    git -C "$root" ls-files -- "$@" | while read -r file; do [ -f "$root/$file" ] && echo "$file"; done
  else
    local pattern tests=()
    for pattern in "$@"; do tests+=(${tests[0]:+-o} -name "$pattern"); done
    (cd "$root" && find . -path ./build -prune -o -type f \( "${tests[@]}" \) -print | sed 's,^\./,,')
  fi
}

# Every check ends with `report`: it fails when standard input holds a line, and shows the lines.
report() {
  local found
  found=$(cat)
  [ -z "$found" ] && return 0
  echo "$found"
  return 1
}
