#!/usr/bin/env bash
# Runs every ```sh block of the given pages, one after the other, in a folder that holds the files they name:
#   run_snippets.sh SOURCE BUILD PAGE...
# Blocks marked ```console are for people: they install, build or need a screen.
set -euo pipefail
source_dir=$1 build=$2
shift 2
export PATH="$build/bin:$PATH" GST_PLUGIN_PATH="$build/gst-plugins" GST_REGISTRY="$build/snippets-registry.bin"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

# A small clip with its clean first frame, from GStreamer's own test picture.
gst-launch-1.0 -q videotestsrc num-buffers=6 pattern=ball ! video/x-raw,format=I420,width=160,height=120,framerate=25/1 ! \
  videoconvert ! avenc_ffv1 ! matroskamux ! filesink location=clean.mkv
firstframe degrade clean.mkv degraded.mkv --noise-sigma 15 >/dev/null
firstframe degrade clean.mkv small.mkv --blur-sigma 1 --downscale 2 >/dev/null
firstframe degrade clean.mkv first --frames 1 >/dev/null
cp first/000000.png first_clean.png

count=0
for page in "$@"; do
  awk -v prefix="$(basename "$page").block" '/^```sh$/ { inside = 1; file = (prefix) (++n) ".sh"; next }
    /^```$/ { inside = 0 } inside { print > file }' "$source_dir/$page"
  for block in $(ls "$(basename "$page").block"*.sh 2>/dev/null | sort -V); do
    echo "--- $page"
    cat "$block"
    bash -euo pipefail "$block" || { echo "FAILED: a snippet of $page" >&2; exit 1; }
    count=$((count + 1))
  done
done
[ "$count" -gt 0 ] || { echo "no snippet was found in $*" >&2; exit 1; }
for made in restored.mp4 restored.mkv street.safetensors red.png large.mkv; do
  [ -s "$made" ] || { echo "the snippets should have made $made" >&2; exit 1; }
done
echo "$count snippets ran"
