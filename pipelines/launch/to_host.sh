#!/bin/sh
# Restores a video file and offers it to one host or several, caps and timestamps with it, over TCP.
[ $# -eq 3 ] || { echo "usage: $0 DEGRADED CLEAN_FIRST_FRAME PORT" >&2; exit 64; }
exec gst-launch-1.0 filesrc location="$1" ! decodebin ! videoconvert ! \
    firstframerestore clean-location="$2" untrained-policy=hold train-seconds="${TRAIN_SECONDS:-15}" ! \
    rtpgstpay config-interval=1 ! rtpstreampay ! tcpserversink host="${HOST:-0.0.0.0}" port="$3" sync-method=latest-keyframe
