#!/usr/bin/env bash
# The main job in one command: degrade a real clip, train on its first frame, restore the rest with gst-launch-1.0.
#   examples/demo.sh                                      a street scene from Debian's opencv-doc package
#   examples/demo.sh MY_VIDEO CLEAN_FIRST_FRAME.png       your own degraded video
# Installs what is missing through apt, builds, and leaves everything in demo-out/.
set -euo pipefail
cd "$(dirname "$0")/.."
source cmake/debian-packages.sh

FRAMES=121         # the first is trained on, the other 120 are measured
TRAIN_SECONDS=45

die() { echo "demo: $*" >&2; exit 65; }
case $# in
  0) ;;
  2) [ -r "$1" ] || die "$1 cannot be read"
     [ -r "$2" ] || die "$2 cannot be read"
     own_video=$(realpath "$1") own_clean=$(realpath "$2") ;;
  *) echo "usage: examples/demo.sh [MY_VIDEO CLEAN_FIRST_FRAME.png]" >&2; exit 64 ;;
esac

firstframe_install "${FIRSTFRAME_BUILD_PACKAGES[@]}" "${FIRSTFRAME_RUN_PACKAGES[@]}"
cmake --preset release -DFIRSTFRAME_TESTS=OFF >/dev/null
cmake --build --preset release
export PATH="$PWD/build/release/bin:$PATH" GST_PLUGIN_PATH="$PWD/build/release/gst-plugins"
mkdir -p demo-out
cd demo-out

# The clip lies among the documentation, which slim systems drop at installation: take it from the package itself.
fetch_clip() {
  [ -s vtest.avi ] && return
  mkdir -p package
  (cd package && apt-get download opencv-doc 2>/dev/null && dpkg-deb -x opencv-doc_*.deb .) ||
    die "opencv-doc could not be downloaded; run apt-get update, or give a video of your own"
  cp package/usr/share/doc/opencv-doc/examples/data/vtest.avi . && rm -rf package
}

if [ $# -eq 0 ]; then
  fetch_clip
  echo "--- degrading $FRAMES frames: blur 1.2 pixels, noise 15 of 255"
  firstframe degrade vtest.avi degraded.mkv --blur-sigma 1.2 --noise-sigma 15 --frames $FRAMES
  firstframe degrade vtest.avi clean.mkv --frames $FRAMES
  firstframe degrade vtest.avi first --frames 1
  degraded=degraded.mkv clean_first=first/000000.png
else
  degraded=$own_video clean_first=$own_clean
fi

echo "--- training on the first frame for $TRAIN_SECONDS s, then restoring the stream"
launch=(gst-launch-1.0 -m -e
  filesrc "location=$degraded" ! decodebin ! videoconvert !
  firstframerestore "clean-location=$clean_first" "train-seconds=$TRAIN_SECONDS" untrained-policy=hold
    save-model-location=model.safetensors !
  videoconvert ! x264enc pass=quant quantizer=12 speed-preset=veryfast ! mp4mux ! filesink location=restored.mp4)
echo "${launch[*]}"
began=$(date +%s.%N)
"${launch[@]}" >launch.log 2>&1 || { grep -iE 'error|fehler' launch.log >&2; die "the pipeline failed; see demo-out/launch.log"; }
ended=$(date +%s.%N)

trained=$(firstframe inspect model.safetensors --json | awk -F'[:,]' '/"train_seconds"/ { print $2 }')
frames=$(firstframe inspect restored.mp4 --json | awk -F'[:,]' '/"frames"/ { print $2 }')
echo "--- results"
firstframe inspect model.safetensors | grep -E 'train_seconds|steps|held_out'
awk -v frames="$frames" -v whole="$ended" -v from="$began" -v trained="$trained" 'BEGIN {
  printf "restored %d frames, %.1f frames/s with decoding and encoding, after %.1f s of training\n",
    frames, frames / (whole - from - trained), trained }'
if [ $# -eq 0 ]; then
  echo "frames 1 to $((FRAMES - 1)), never trained on:"
  echo -n "  degraded: "; firstframe measure degraded.mkv clean.mkv --skip 1
  echo -n "  restored: "; firstframe measure restored.mp4 clean.mkv --skip 1
  side_by_side side_by_side.png 60 --detail 200,300,120 degraded=degraded.mkv restored=restored.mp4 clean=clean.mkv
else
  side_by_side side_by_side.png 0 "degraded=$degraded" restored=restored.mp4 "clean=$clean_first"
fi
echo "look at demo-out/side_by_side.png, play demo-out/restored.mp4"
