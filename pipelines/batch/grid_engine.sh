#!/bin/sh
# Restores a batch on Grid Engine: an array over all shards (those that are finished end at once), and the merge behind it.
#
#   grid_engine.sh FOLDER                     a batch that is planned
#   grid_engine.sh FOLDER PLAN ARGUMENTS...   plans it first, as `firstframe batch plan --output-dir FOLDER ARGUMENTS...` does
#
#   QSUB_OPTIONS="-q night.q -l h_vmem=4G"   more flags of qsub, for both jobs
set -eu
[ $# -ge 1 ] || { echo "usage: $0 FOLDER [PLAN ARGUMENTS...]" >&2; exit 64; }
folder=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 0 ] || firstframe batch plan --output-dir "$folder" "$@"
folder=$(cd "$folder" && pwd)
mkdir -p "$folder/log"
shards=$(firstframe batch status "$folder" --json | sed -n 's/^ *"shards": \([0-9]*\),/\1/p')
[ -n "$shards" ] || exit 65

# -t counts from 1, which `--shard auto` knows. -r y: begun again when its node dies. -notify: SIGUSR2 a minute before it is killed.
# shellcheck disable=SC2086
array=$(qsub -terse -V -r y -notify -t "1-$shards" -N firstframe -j y -o "$folder/log/" ${QSUB_OPTIONS:-} \
  "$here/grid_engine_shard.sh" "$folder")
array=${array%%.*}
# Grid Engine holds a job until another has ended, well or not; the merge itself refuses when something is missing.
# shellcheck disable=SC2086
qsub -terse -V -hold_jid "$array" -N firstframe-merge -j y -o "$folder/log/" ${QSUB_OPTIONS:-} -b y \
  firstframe batch merge "$folder" --progress json
