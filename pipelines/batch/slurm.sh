#!/bin/sh
# Restores a batch on a Slurm cluster: an array of the shards that are missing, and the merge when all of them are done.
#
#   slurm.sh FOLDER                     a batch that is planned
#   slurm.sh FOLDER PLAN ARGUMENTS...   plans it first, as `firstframe batch plan --output-dir FOLDER ARGUMENTS...` does
#
# Run it again whenever something is missing in the morning: only that is submitted. FOLDER, inputs and model have to be on
# a file system that all nodes see under the same name; so does `firstframe`, which is taken from PATH.
#
#   SBATCH_OPTIONS="--partition=night --mem=4G --cpus-per-task=4"   more flags of sbatch, for both jobs
#   AT_ONCE=20          no more than 20 tasks at the same time
#   STOP_BEFORE=180     seconds before its time limit that a task is told to stop; it finishes its section and goes back into the queue
set -eu
[ $# -ge 1 ] || { echo "usage: $0 FOLDER [PLAN ARGUMENTS...]" >&2; exit 64; }
folder=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
[ $# -eq 0 ] || firstframe batch plan --output-dir "$folder" "$@"
folder=$(cd "$folder" && pwd)
mkdir -p "$folder/log"

missing=$(firstframe batch status "$folder" --missing) || [ $? -eq 75 ] || exit 65
after=
if [ -n "$missing" ]; then
  last=${missing##*[,-]}
  most=$(scontrol show config | sed -n 's/^MaxArraySize *= *//p')
  [ "$last" -lt "$most" ] || {
    echo "$0: shard $last is above what this cluster's arrays take (MaxArraySize=$most); plan with --shards $most or fewer" >&2
    exit 64
  }
  # --requeue: a task whose node dies is begun again elsewhere, and goes on where it was.
  # shellcheck disable=SC2086  # the options are words
  array=$(sbatch --parsable --job-name=firstframe --array="$missing${AT_ONCE:+%$AT_ONCE}" --requeue --open-mode=append \
    --output="$folder/log/shard-%a.log" --signal="B:USR1@${STOP_BEFORE:-180}" ${SBATCH_OPTIONS:-} "$here/slurm_shard.sh" "$folder")
  array=${array%%;*}
  echo "shards $missing: job $array"
  # A merge whose shards failed would wait for ever, so it is taken from the queue.
  after="--dependency=afterok:$array --kill-on-invalid-dep=yes"
fi
# shellcheck disable=SC2086
merge=$(sbatch --parsable --job-name=firstframe-merge $after --requeue --open-mode=append --output="$folder/log/merge.log" \
  ${SBATCH_OPTIONS:-} "$here/slurm_merge.sh" "$folder")
echo "merge: job ${merge%%;*}; logs are in $folder/log, how far it is: firstframe batch status $folder"
