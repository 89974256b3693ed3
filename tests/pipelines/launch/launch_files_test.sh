#!/bin/sh
# Runs every file of pipelines/launch on a few small frames: launch_files_test.sh SOURCE_DIR
set -eu
files="$1/pipelines/launch"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
fail() { echo "launch files: $*" >&2; exit 1; }

gst-launch-1.0 -q videotestsrc num-buffers=12 pattern=pinwheel ! video/x-raw,format=I420,width=128,height=96 ! tee name=both ! \
    queue ! avenc_ffv1 ! matroskamux ! filesink location=clean.mkv \
    both. ! queue ! firstframedegrade blur-sigma=1.2 noise-sigma=10 ! avenc_ffv1 ! matroskamux ! filesink location=degraded.mkv
gst-launch-1.0 -q videotestsrc num-buffers=1 pattern=pinwheel ! video/x-raw,format=I420,width=128,height=96 ! videoconvert ! \
    video/x-raw,format=RGB ! pngenc ! filesink location=first.png
export TRAIN_SECONDS=1

"$files/file.sh" degraded.mkv first.png restored.mkv > log 2>&1 || { cat log; fail "file.sh"; }
[ -s restored.mkv ] || fail "file.sh wrote nothing"

gst-launch-1.0 -q filesrc location=degraded.mkv ! decodebin ! videoconvert ! firstframerestore clean-location=first.png \
    restorer=linear untrained-policy=hold save-model-location=model.safetensors ! fakesink > log 2>&1 || { cat log; fail "no model"; }
SOURCE="videotestsrc num-buffers=20" SINK=fakesink "$files/camera.sh" model.safetensors > log 2>&1 || { cat log; fail "camera.sh"; }

SOURCE="videotestsrc is-live=true pattern=pinwheel num-buffers=90" SINK=fakesink "$files/oct_live.sh" > log 2>&1 || { cat log; fail "oct_live.sh"; }
grep -q "Progress: (train) residual trained" log || { cat log; fail "oct_live.sh trained nothing"; }

WIDTH=128 SINK=fakesink "$files/side_by_side.sh" degraded.mkv first.png > log 2>&1 || { cat log; fail "side_by_side.sh"; }

port=$((20000 + $$ % 20000))
HOST=127.0.0.1 "$files/to_host.sh" degraded.mkv first.png "$port" > sent 2>&1 &
sender=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
  SINK="fakesink" timeout 60 "$files/from_host.sh" 127.0.0.1 "$port" > log 2>&1 && break
  sleep 0.5
done
wait "$sender" || { cat sent; fail "to_host.sh"; }
grep -q "Got EOS" log || { cat log; fail "from_host.sh"; }

# Volumes are read where Firstframe has ITK.
gst-launch-1.0 -q videotestsrc num-buffers=4 pattern=pinwheel ! video/x-raw,format=GRAY8,width=64,height=48 ! firstframedegrade noise-sigma=10 ! \
    firstframevolumesink location=eye.mha sections=4 > log 2>&1 || { cat log; fail "no volume"; }
if gst-launch-1.0 -q firstframevolumesrc location=eye.mha ! fakesink > log 2>&1; then
  AXIS=y "$files/volume.sh" eye.mha model.safetensors restored.mha > log 2>&1 || { cat log; fail "volume.sh"; }
  [ -s restored.mha ] || fail "volume.sh wrote nothing"
else
  grep -q "built without" log || { cat log; fail "the volume cannot be read"; }
fi

for file in "$files"/*.sh; do
  code=0
  "$file" one two three four > log 2>&1 || code=$?
  [ "$code" -eq 64 ] || fail "$file takes four arguments"
done
echo "launch files: all ran"
