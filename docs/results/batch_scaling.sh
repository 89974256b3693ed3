#!/usr/bin/env bash
# What a survey takes on N nodes: batch_scaling.sh [NAME=VALUE...]
# A simulation, event by event, of nodes that take shards from a queue, share one file system, fail and come back, and of the merge.
#
#   terabytes=10       float32 samples
#   section_mb=4.2     of a section, 1024 x 1024 samples
#   section_s=1.5      to restore one on a node
#   start_s=0.5        until a shard's first section is read
#   shard_s=300        how long a shard is to work
#   storage_gbs=5      what the file system gives to all nodes together, reading and writing, GB/s
#   stream_gbs=1       what one process reads and writes through, GB/s
#   merges=1           inputs that are merged at the same time
#   mtbf_h=720         between two failures of a node
#   requeue_s=53       from a failure until its task runs again elsewhere
#   repair_s=1800      until the node is back
set -euo pipefail
declare -A set=([terabytes]=10 [section_mb]=4.2 [section_s]=1.5 [start_s]=0.5 [shard_s]=300 [storage_gbs]=5 [stream_gbs]=1 [merges]=1
  [mtbf_h]=720 [requeue_s]=53 [repair_s]=1800)
for one in "$@"; do
  [ -n "${set[${one%%=*}]:-}" ] || { echo "$0: ${one%%=*} is not known; use ${!set[*]}" >&2; exit 64; }
  set[${one%%=*}]=${one#*=}
done
values=()
for name in "${!set[@]}"; do values+=(-v "$name=${set[$name]}"); done

awk "${values[@]}" '
function uniform() { return (rand() + 1e-12) }
function exponential(mean) { return -mean * log(uniform()) }
# Nodes in a heap by the time at which each is free.
function sift(at,   child, t, n) {
  t = key[at]; n = node[at]
  while (2 * at <= nodes) {
    child = 2 * at
    if (child < nodes && key[child + 1] < key[child]) child++
    if (key[child] >= t) break
    key[at] = key[child]; node[at] = node[child]; at = child
  }
  key[at] = t; node[at] = n
}
function restore(   left, per, work, io, t, at, end, ends, lost, done) {
  for (at = 1; at <= nodes; at++) { key[at] = 0; node[at] = at; fails[at] = exponential(mtbf_h * 3600) }
  failures = 0; repeated = 0; ends = 0
  # Each section is read once and its result written once; where all nodes together want more than the file system gives, they wait.
  per = section_s
  io = 2 * section_mb / 1000 * nodes / storage_gbs
  if (io > per) per = io
  work = per_shard * per
  for (left = shards; left > 0;) {
    t = key[1]; at = node[1]
    end = t + start_s + work
    if (fails[at] < end) {  # the node dies in the shard: the sections that are whole stay, the one at work is done again
      failures++; repeated += per / 2
      done = fails[at] - t - start_s; if (done < 0) done = 0
      # What is left of the shard is the next free node'"'"'s, after the requeue: its time is added to the queue as a shard of that part.
      carried += work - done + per / 2 + start_s + requeue_s
      key[1] = fails[at] + repair_s; fails[at] = key[1] + exponential(mtbf_h * 3600); left--
    } else { key[1] = end; if (end > ends) ends = end; left-- }
    while (carried >= work) { carried -= work; left++ }
    sift(1)
  }
  return ends + carried
}
BEGIN {
  srand(20261128)
  sections = terabytes * 1e6 / section_mb
  per_shard = int(shard_s / section_s + 0.5); if (per_shard < 1) per_shard = 1
  shards = int(sections / per_shard + 0.999999)
  merge = terabytes * 1000 * 2 / (stream_gbs * merges)
  if (merge < terabytes * 1000 * 2 / storage_gbs) merge = terabytes * 1000 * 2 / storage_gbs
  printf "%d sections in %d shards of %d; start-up is %.2f %% of the work; merge: %.1f h\n\n", sections, shards, per_shard,
    100 * start_s / (start_s + per_shard * section_s), merge / 3600
  print "| nodes | restoring | of it waiting for the file system | failures of nodes | lost by them | merge | in all | speed-up | efficiency |"
  print "|---|---|---|---|---|---|---|---|---|"
  one = shards * (start_s + per_shard * section_s)
  for (nodes = 1; nodes <= 1024; nodes *= 4) {
    carried = 0
    hours = restore() / 3600
    wait = 1 - section_s / (2 * section_mb / 1000 * nodes / storage_gbs); if (wait < 0) wait = 0
    all = hours + merge / 3600
    printf "| %d | %.1f h | %.0f %% | %d | %.2f h | %.1f h | %.1f h | %.0f | %.0f %% |\n", nodes, hours, 100 * wait, failures,
      repeated / 3600, merge / 3600, all, (one / 3600 + merge / 3600) / all, 100 * one / 3600 / hours / nodes
  }
}'
