#!/bin/sh
# Restores a volume section by section with a saved model: depth, geometry and header kept. RESUME=true goes on with a draft.
[ $# -eq 3 ] || { echo "usage: $0 VOLUME MODEL RESTORED_VOLUME" >&2; exit 64; }
exec gst-launch-1.0 firstframevolumesrc location="$1" axis="${AXIS:-z}" ! queue max-size-buffers=2 ! \
    firstframerestore model-location="$2" ! queue max-size-buffers=2 ! \
    firstframevolumesink location="$3" resume="${RESUME:-false}"
