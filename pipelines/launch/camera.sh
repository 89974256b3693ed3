#!/bin/sh
# Restores a camera with a model that was trained earlier (save-model-location, or `firstframe train`).
[ $# -eq 1 ] || { echo "usage: $0 MODEL.safetensors" >&2; exit 64; }
exec gst-launch-1.0 ${SOURCE:-v4l2src} ! videoconvert ! \
    firstframerestore model-location="$1" ! videoconvert ! ${SINK:-autovideosink}
