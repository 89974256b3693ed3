#!/bin/sh
# Restores a video file with a model trained on its first frame and that frame's clean picture: FFV1 in Matroska.
[ $# -eq 3 ] || { echo "usage: $0 DEGRADED CLEAN_FIRST_FRAME RESTORED.mkv" >&2; exit 64; }
exec gst-launch-1.0 filesrc location="$1" ! decodebin ! videoconvert ! \
    firstframerestore clean-location="$2" untrained-policy=hold train-seconds="${TRAIN_SECONDS:-15}" ! \
    videoconvert ! avenc_ffv1 ! matroskamux ! filesink location="$3"
