#!/usr/bin/env bash
# slurm_test.sh SOURCE BUILD: restores a batch with pipelines/batch/slurm.sh on four Slurm nodes that it starts on this machine, tells one
# task that its time is up, kills a node with its tasks during the array, restarts the controller once, and compares the output with
# that of one process.
# Exit code 77: skipped, with the reason.
set -euo pipefail
source_dir=$1 build=$2
skip() { echo "skipped: $*"; exit 77; }
[ "$(id -u)" -eq 0 ] || skip "Slurm's daemons are started as root"
source "$source_dir/cmake/debian-packages.sh"
if ! { command -v slurmctld && command -v slurmd && command -v sbatch && command -v munged; } >/dev/null; then
  firstframe_install slurmctld slurmd slurm-client munge || skip "slurmctld, slurmd, slurm-client and munge are not installed and cannot be"
fi
source "$(dirname "$0")/scene.sh"
export PATH="$build/bin:$PATH" OMP_NUM_THREADS=1

dir=$(mktemp -d)
chmod 755 "$dir"
pids=()
slurmd_pids() { cat "$dir"/slurmd.n*.pid 2>/dev/null || true; }
# The processes of our tasks: those whose environment names our configuration and a node.
task_pids() {
  local file
  for file in $(grep -lzxF "SLURM_CONF=$SLURM_CONF" /proc/[0-9]*/environ 2>/dev/null); do
    grep -qzx "SLURMD_NODENAME=${1:-n[1-4]}" "$file" 2>/dev/null || continue
    file=${file#/proc/}
    echo "${file%/environ}"
  done
}
finish() {
  local pid
  [ ! -f "$dir/slurm.conf" ] || scancel --user=root 2>/dev/null || true
  sleep 1
  for pid in $(task_pids) "${pids[@]}" $(slurmd_pids) $(cat "$dir/slurmctld.pid" "$dir/munge/pid" 2>/dev/null); do
    kill -TERM "$pid" 2>/dev/null || true
  done
  sleep 2
  for pid in "${pids[@]}"; do kill -KILL "$pid" 2>/dev/null || true; done
  rm -rf "$dir"
}
trap finish EXIT
die() {
  echo "slurm: $*" >&2
  tail -n 30 "$dir"/log/slurmctld.log "$dir"/here/batch/log/* 2>/dev/null >&2 || true
  exit 1
}
# within SECONDS COMMAND...: until it succeeds.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep "${PAUSE:-0.3}"
  done
}

mkdir -p "$dir"/{state,log,spool,munge,here}
dd if=/dev/urandom of="$dir/munge/key" bs=1024 count=1 status=none
chmod 400 "$dir/munge/key"
chmod 711 "$dir/munge"
port=$((2000 + $$ % 1000))
sed "s|@HOST@|$(hostname -s)|g; s|@DIR@|$dir|g; s|@PORT@|$port|g" "$(dirname "$0")/slurm.conf.in" >"$dir/slurm.conf"
export SLURM_CONF=$dir/slurm.conf
munged --force --key-file="$dir/munge/key" --socket="$dir/munge/sock" --pid-file="$dir/munge/pid" --log-file="$dir/munge/log" \
  --seed-file="$dir/munge/seed" || skip "munged does not start here: $(tail -n 1 "$dir/munge/log" 2>/dev/null)"
controller() {
  setsid slurmctld -D -f "$SLURM_CONF" >>"$dir/log/out" 2>&1 &
  pids+=($!)
}
controller
for node in 1 2 3 4; do
  mkdir -p "$dir/spool/n$node"
  setsid slurmd -D -N "n$node" -f "$SLURM_CONF" >>"$dir/log/out" 2>&1 &
  pids+=($!)
done
are_idle() { [ "$(sinfo -h -N -o %T 2>/dev/null | grep -c '^idle$')" -eq 4 ]; }
within 60 are_idle || die "the nodes are not idle: $(sinfo 2>&1)"

cd "$dir/here"
make_scene "$source_dir" 168 --restorer unet --steps 2
firstframe batch plan --model model.safetensors volume.mha --output-dir batch --shards 24 --device cpu
AT_ONCE=4 STOP_BEFORE=180 "$source_dir/pipelines/batch/slurm.sh" batch | tee submitted
array=$(sed -n 's/^shards .*: job //p' submitted)

finished() { find batch/shards -name '????.json' | wc -l; }
# Stops a task in the middle of its shard on a node, so that what comes next finds it there: `worker` of `shard`.
hold_on() {
  local node=$1 draft
  draft=$(find batch/shards -name "*.sections.part.$node-*" -size +20k | head -n 1)
  [ -n "$draft" ] || return 1
  worker=${draft##*.part."$node"-}
  worker=${worker%%.*}
  shard=$(basename "${draft%%.sections.part.*}")
  kill -STOP "$worker" 2>/dev/null || return 1
  [ -e "$draft" ] || { kill -CONT "$worker" 2>/dev/null; return 1; }
}
PAUSE=0.05 within 120 hold_on n1 || die "no task runs on n1"
out_of_time=$shard
scancel --batch --signal=USR1 "${array}_$((10#$out_of_time))"  # as Slurm does STOP_BEFORE seconds before the time limit
sleep 1
kill -CONT "$worker"
echo "told shard $out_of_time that its time is up"

hold_on_n3() { [ "$(finished)" -ge 2 ] && hold_on n3; }
PAUSE=0.05 within 120 hold_on_n3 || die "no task runs on n3"
tasks=$(task_pids n3)
shepherds=$(for pid in $tasks; do awk '/^PPid/ { print $2 }' "/proc/$pid/status" 2>/dev/null || true; done)
for pid in $shepherds; do  # first, so that nobody tells the controller
  grep -q slurmstepd "/proc/$pid/comm" 2>/dev/null && kill -KILL "$pid" || true
done
kill -KILL "$(cat "$dir/slurmd.n3.pid")"
for pid in $tasks; do kill -KILL "$pid" 2>/dev/null || true; done
echo "killed node n3 in the middle of a shard; $(finished) of 24 shards were finished"

sleep 3
kill -TERM "$(cat "$dir/slurmctld.pid")"
wait "${pids[0]}" || true
controller
echo "restarted the controller, $(finished) of 24 shards were finished"

is_merged() { [ -f batch/volume.mha ]; }
within 240 is_merged || die "no output: $(squeue 2>&1; firstframe batch status batch 2>&1)"
cmp batch/volume.mha whole.mha || die "the output differs from that of one process"
firstframe batch status batch
again=$(grep -l '"restart": [1-9]' batch/shards/????.json | wc -l)
grep -q '"restart": [1-9]' "batch/shards/$out_of_time.json" || die "shard $out_of_time did not go back into the queue"
[ "$again" -ge 2 ] || die "no task of n3 was begun again"
[ "$(finished)" -eq 24 ] || die "$(finished) manifests of 24 shards"
echo "the same bytes as one process; $again shards were finished by tasks that Slurm had begun again"
