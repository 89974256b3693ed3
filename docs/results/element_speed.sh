#!/usr/bin/env bash
# What the element makes of the engine's speed: element_speed.sh BUILD
# Frames of 512 x 512, 8 bits, through `firstframe restore` and through firstframerestore, with one model of `residual`. Of each the time of
# 20 frames is taken from that of 320, so that starting and loading do not count. Prints five pairs. Needs a quiet machine.
set -euo pipefail
export PATH="$1/bin:$PATH" GST_PLUGIN_PATH="$1/gst-plugins"
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

volume() {  # NAME FRAMES
  gst-launch-1.0 -q videotestsrc num-buffers="$2" pattern=ball ! video/x-raw,format=GRAY8,width=512,height=512 ! filesink location=frames.raw
  {
    printf 'ObjectType = Image\nNDims = 3\nBinaryData = True\nCompressedData = False\nDimSize = 512 512 %d\n' "$2"
    printf 'ElementType = MET_UCHAR\nElementDataFile = LOCAL\n'
    cat frames.raw
  } >clean.mha
  firstframe degrade clean.mha "$1" --blur-sigma 1.2 --noise-sigma 10 >/dev/null
}
volume few.mha 20
firstframe train --degraded few.mha --clean clean.mha --slice 3 --steps 200 --model m.safetensors --progress none
volume many.mha 320

seconds() {
  local begin
  begin=$(date +%s%N)
  "$@" >/dev/null
  echo $(($(date +%s%N) - begin))
}
engine() { firstframe restore --model m.safetensors "$1" out.mha --progress none; }
element() {
  gst-launch-1.0 -q firstframevolumesrc location="$1" ! firstframerestore model-location=m.safetensors qos=false ! fakesink sync=false
}
echo "| firstframe restore, frames/s | firstframerestore, frames/s | ratio |"
echo "|---|---|---|"
for _ in 1 2 3 4 5; do
  engine=$(($(seconds engine many.mha) - $(seconds engine few.mha)))
  element=$(($(seconds element many.mha) - $(seconds element few.mha)))
  awk -v engine="$engine" -v element="$element" 'BEGIN { printf "| %.1f | %.1f | %.3f |\n", 300e9 / engine, 300e9 / element, engine / element }'
done
