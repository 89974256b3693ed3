#!/usr/bin/env bash
# What a shard pays before its first section, and what it costs to hand sections through results and merge: batch_startup.sh SOURCE BUILD
# Prints medians of ten (lowest .. highest). Needs a machine that does nothing else.
set -euo pipefail
source "$1/tests/pipelines/batch/scene.sh"
source_dir=$1
export PATH="$2/bin:$PATH"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

# of_ten NAME COMMAND...: its wall times; BEFORE is run before each.
of_ten() {
  local name=$1 i begin end
  shift
  for i in $(seq 10); do
    ${BEFORE:-true}
    begin=$(date +%s%N)
    "$@" >/dev/null 2>&1
    end=$(date +%s%N)
    echo $(((end - begin) / 1000000))
  done | sort -n | awk -v name="$name" '{ at[NR] = $1 } END { printf "| %s | %d ms (%d .. %d) |\n", name, (at[5] + at[6]) / 2, at[1], at[10] }'
}
echo "| until a process ... | |"
echo "|---|---|"
of_ten "says its version: loading the libraries" firstframe --version

make_scene "$source_dir" 8 --restorer linear
firstframe batch plan --model model.safetensors volume.mha --output-dir linear --shards 8 >/dev/null 2>&1
forget() { rm -f linear/shards/0003.* residual/shards/0003.*; }
firstframe batch run linear --shard all >/dev/null
of_ten "finds a shard finished (plan read, result of one section hashed)" firstframe batch run linear --shard 3
BEFORE=forget of_ten "has restored a shard of one section, \`linear\`" firstframe batch run linear --shard 3
firstframe train --degraded volume.mha --clean clean.mha --slice 3 --model residual.safetensors --steps 5 >/dev/null
firstframe batch plan --model residual.safetensors volume.mha --output-dir residual --shards 8 >/dev/null 2>&1
BEFORE=forget of_ten "the same, \`residual\`, a model of $(stat -c %s residual.safetensors) bytes" \
  firstframe batch run residual --shard 3

# A gigabyte of sections that cost almost nothing to restore: what is left is the way through results and merge.
{
  printf 'ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False\n'
  printf 'DimSize = 1024 1024 1000\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n'
  head -c 1048576000 /dev/urandom
} >large.mha
firstframe batch plan --model model.safetensors large.mha --output-dir large --shards 4 >/dev/null 2>&1
echo
echo "| 1.05 GB, 1000 sections of 1024 x 1024, two cores | |"
echo "|---|---|"
timed() {
  local name=$1 begin end
  shift
  sync
  begin=$(date +%s%N)
  "$@" >/dev/null 2>&1
  end=$(date +%s%N)
  awk -v name="$name" -v ms=$(((end - begin) / 1000000)) 'BEGIN { printf "| %s | %.1f s, %.2f GB/s |\n", name, ms / 1000, 1.048576 / ms * 1000 }'
}
timed "\`cp\`" cp large.mha copy.mha
timed "\`restore\` by \`linear\` in one process" firstframe restore --model model.safetensors large.mha whole.mha
timed "\`batch run --shard all\`, the same" firstframe batch run large --shard all
timed "\`batch status --verify\`: reading and hashing" firstframe batch status large --verify
timed "\`batch merge\`" firstframe batch merge large
cmp large/large.mha whole.mha && echo "the outputs are the same bytes"
