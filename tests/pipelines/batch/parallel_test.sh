#!/usr/bin/env bash
# parallel_test.sh SOURCE BUILD: restores a batch with pipelines/batch/parallel.sh, which is stopped once and run again, and with
# grid_engine.sh against a stand-in for qsub. Exit code 77: skipped, with the reason.
set -euo pipefail
source_dir=$1 build=$2
skip() { echo "skipped: $*"; exit 77; }
source "$source_dir/cmake/debian-packages.sh"
command -v parallel >/dev/null || firstframe_install parallel || skip "GNU parallel is not installed and cannot be"
parallel --version 2>/dev/null | grep -q "GNU parallel" || skip "parallel is another program than GNU parallel"
source "$(dirname "$0")/scene.sh"
export PATH="$build/bin:$PATH"
dir=$(mktemp -d)
runner=
trap '[ -z "$runner" ] || kill -TERM "$runner" 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
export HOME=$dir  # parallel keeps files there
mkdir -p .parallel && touch .parallel/will-cite
die() { echo "parallel: $*" >&2; exit 1; }

make_scene "$source_dir" 48 --restorer unet --steps 2
JOBS=2 "$source_dir/pipelines/batch/parallel.sh" batch --model model.safetensors volume.mha --shards 8 --device cpu >first.log 2>&1 &
runner=$!
finished() { find batch/shards -name '????.json' 2>/dev/null | wc -l; }
for _ in $(seq 600); do [ "$(finished)" -lt 2 ] || break; sleep 0.1; done
worker=$(pgrep -P "$runner" -x perl || pgrep -P "$runner" -x parallel) || die "parallel is not there: $(cat first.log)"
kill -TERM "$worker"
kill -TERM "$worker"  # the second one ends the jobs, too
wait "$runner" && die "the run that was stopped says all is well"
runner=
echo "stopped with $(finished) of 8 shards"
[ "$(finished)" -lt 8 ] || die "all was done before the stop"
JOBS=2 "$source_dir/pipelines/batch/parallel.sh" batch
cmp batch/volume.mha whole.mha || die "the output differs from that of one process"

# A qsub that runs every task at once, as Grid Engine would hand it its number.
mkdir bin
cat >bin/qsub <<'Q'
#!/bin/bash
tasks= command=()
while [ $# -gt 0 ]; do
  case $1 in
    -t) tasks=${2#1-}; shift 2 ;;
    -N|-j|-o|-r|-hold_jid) shift 2 ;;
    -b) shift 2 ;;
    -terse|-V|-notify) shift ;;
    *) command=("$@"); break ;;
  esac
done
if [ -n "$tasks" ]; then
  for task in $(seq "$tasks"); do SGE_TASK_ID=$task JOB_ID=7 "${command[@]}" >&2 || exit 1; done
else
  SGE_TASK_ID=undefined "${command[@]}" >&2 || exit 1
fi
echo "7.1-$tasks:1"
Q
chmod +x bin/qsub
PATH="$dir/bin:$PATH" "$source_dir/pipelines/batch/grid_engine.sh" grid --model model.safetensors volume.mha --shards 5 >grid.log 2>&1 ||
  die "grid_engine.sh: $(cat grid.log)"
cmp grid/volume.mha whole.mha || die "grid_engine.sh gave other bytes"
grep -q '"job": "7.5"' grid/shards/0004.json || die "the last shard is not task 5's"
for script in "$source_dir"/pipelines/batch/{slurm,parallel,grid_engine}.sh; do
  code=0
  "$script" >usage.log 2>&1 || code=$?
  [ "$code" -eq 64 ] && grep -q usage: usage.log || die "$script does not say how it is used"
done
echo "GNU parallel and the stand-in for qsub gave the bytes of one process"
