#!/bin/sh
# Takes what to_host.sh offers.
[ $# -eq 2 ] || { echo "usage: $0 HOST PORT" >&2; exit 64; }
exec gst-launch-1.0 tcpclientsrc host="$1" port="$2" ! \
    "application/x-rtp-stream,media=application,clock-rate=90000,encoding-name=X-GST" ! rtpstreamdepay ! rtpgstdepay ! \
    videoconvert ! ${SINK:-autovideosink}
