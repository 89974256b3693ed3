#!/bin/sh
# A live OCT engine, simulated: 16-bit B-scans at 30 a second with speckle. The first clean scan on the pad `clean` is the
# annotation, paired with its degraded one by their times; the model trains beside the stream, which is never held up.
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
exec gst-launch-1.0 ${SOURCE:-videotestsrc is-live=true pattern=pinwheel} ! video/x-raw,format=GRAY16_LE,width=512,height=512,framerate=30/1 ! \
    tee name=scans ! queue ! firstframedegrade noise-kind=speckle noise-sigma=40 seed=1 ! restore.sink \
    scans. ! queue ! restore.clean \
    firstframerestore name=restore train-seconds="${TRAIN_SECONDS:-5}" ! videoconvert ! ${SINK:-autovideosink}
