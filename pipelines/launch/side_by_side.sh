#!/bin/sh
# Degraded on the left, restored on the right.
[ $# -eq 2 ] || { echo "usage: $0 DEGRADED CLEAN_FIRST_FRAME" >&2; exit 64; }
exec gst-launch-1.0 filesrc location="$1" ! decodebin ! videoconvert ! video/x-raw,format=I420 ! tee name=both ! queue ! \
    compositor name=beside sink_0::xpos=0 sink_1::xpos="${WIDTH:-640}" ! videoconvert ! ${SINK:-autovideosink} \
    both. ! queue ! firstframerestore clean-location="$2" untrained-policy=hold train-seconds="${TRAIN_SECONDS:-15}" ! beside.
