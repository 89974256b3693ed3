#!/bin/bash
# One task of the array that grid_engine.sh submits: restores shard SGE_TASK_ID - 1.
folder=$1
firstframe batch run "$folder" --shard auto --progress json &
worker=$!
trap 'kill -TERM $worker 2>/dev/null' USR1 USR2 TERM
code=0
wait $worker || code=$?
while kill -0 $worker 2>/dev/null; do  # a signal ends `wait` before the worker has ended
  code=0
  wait $worker || code=$?
done
[ "$code" -ne 75 ] || exit 99  # which Grid Engine takes for "put me back into the queue"
exit $code
