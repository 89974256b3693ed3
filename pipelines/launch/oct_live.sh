#!/bin/sh
# A live OCT engine, simulated: 16-bit B-scans at 30 a second with speckle. One clean scan comes on the pad `clean`; the model
# trains beside the stream, which is never held up. The scans move, so the clean one must be of the very scan it is paired with.
[ $# -eq 0 ] || { echo "usage: $0" >&2; exit 64; }
exec gst-launch-1.0 ${SOURCE:-videotestsrc is-live=true pattern=ball} ! video/x-raw,format=GRAY16_LE,width=512,height=512,framerate=30/1 ! \
    tee name=scans ! queue ! firstframedegrade noise-kind=speckle noise-sigma=40 seed=1 ! restore.sink \
    scans. ! queue ! identity eos-after=1 ! restore.clean \
    firstframerestore name=restore train-seconds="${TRAIN_SECONDS:-5}" ! videoconvert ! ${SINK:-autovideosink}
