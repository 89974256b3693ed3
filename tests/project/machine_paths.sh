#!/usr/bin/env bash
# machine_paths.sh ROOT: nothing that is kept names a folder of somebody's machine.
set -euo pipefail
source "$(dirname "$0")/tracked.sh"
root=$1
homes='(work|home|root|Users|mnt|scratch)'

tracked "$root" '*' | while read -r file; do
  { grep -nIE "(^|[^A-Za-z0-9_.\$})*/-])/$homes/[A-Za-z0-9_]" "$root/$file" || true; } | sed "s,^,$file:,"
done | report
