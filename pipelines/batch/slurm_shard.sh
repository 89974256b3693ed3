#!/bin/bash
# One task of the array that slurm.sh submits: restores the shard that SLURM_ARRAY_TASK_ID names.
folder=$1
firstframe batch run "$folder" --shard auto --progress json &
worker=$!

# Slurm signals this shell; the worker is told to finish its section. USR1 comes STOP_BEFORE seconds before the time limit, TERM
# from scancel and from preemption.
time_is_up=
trap 'time_is_up=1; kill -TERM $worker 2>/dev/null' USR1
trap 'kill -TERM $worker 2>/dev/null' TERM
code=0
wait $worker || code=$?
while kill -0 $worker 2>/dev/null; do  # a signal ends `wait` before the worker has ended
  code=0
  wait $worker || code=$?
done

# Out of time: back into the queue, where the next run goes on. Who cancelled a task does not want it back.
if [ "$code" -eq 75 ] && [ -n "$time_is_up" ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && sleep 60
fi
exit $code
