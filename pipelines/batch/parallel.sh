#!/bin/sh
# Restores a batch with GNU parallel, on this machine or on several over ssh, and merges it.
#
#   parallel.sh FOLDER                     a batch that is planned
#   parallel.sh FOLDER PLAN ARGUMENTS...   plans it first, as `firstframe batch plan --output-dir FOLDER ARGUMENTS...` does
#
# Run it again after a stop: shards that FOLDER/parallel-ID.log has as done are passed over, others go on where they were.
#
#   JOBS=4                  shards at the same time on each machine; each gets its part of the processors
#   HOSTS=n1,n2,:           machines for ssh, ":" is this one; they see FOLDER, inputs, model and `firstframe` under the same names
#   RETRIES=3               tries of a shard by parallel, beside the command's own
set -eu
[ $# -ge 1 ] || { echo "usage: $0 FOLDER [PLAN ARGUMENTS...]" >&2; exit 64; }
folder=$1
shift
[ $# -eq 0 ] || firstframe batch plan --output-dir "$folder" "$@"
folder=$(cd "$folder" && pwd)
shards=$(firstframe batch status "$folder" --json | sed -n 's/^ *"shards": \([0-9]*\),/\1/p')
[ -n "$shards" ] || exit 65
# Of each plan a log of its own: parallel goes by the number of a job, which another plan gives to other sections.
plan=$(sed -n 's/^ *"id": "xxh3:\([0-9a-f]\{8\}\).*/\1/p' "$folder/batch.json")
jobs=${JOBS:-1}
threads=$(($(nproc) / jobs))
[ "$threads" -ge 1 ] || threads=1

# --halt never: one bad shard does not keep the others from being done. --resume-failed tries those that failed in an earlier run again.
code=0
seq 0 $((shards - 1)) | parallel --jobs "$jobs" ${HOSTS:+--sshlogin "$HOSTS"} --joblog "$folder/parallel-$plan.log" --resume-failed \
  --retries "${RETRIES:-3}" --halt never --termseq TERM,30000,TERM,1000,KILL,25 \
  firstframe batch run "$folder" --shard {} --threads "$threads" || code=$?
if ! firstframe batch status "$folder"; then
  [ "$code" -ne 0 ] || rm -f "$folder/parallel-$plan.log"  # it calls shards done whose results are gone
  exit 75
fi
firstframe batch merge "$folder"
