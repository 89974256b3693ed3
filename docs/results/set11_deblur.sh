#!/usr/bin/env bash
# Set11 deblurring, trained on butterfly, mean full-range-Y PSNR over the other ten:
#   docs/results/set11_deblur.sh FOLDER_OF_SET11 [train flags, such as --restorer residual --seconds 60]
# Blur 25 x 25 Gaussian of sigma 1.6 with a circular border, noise sqrt(2) on R, G and B; nothing is rounded on the way.
# `firstframe` must be on the PATH.
set -euo pipefail
data=$(realpath "$1")
shift
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

value() { awk -F'[:,]' -v key="\"$1\"" '$1 ~ key { print $2 + 0; exit }'; }

seed=1
for picture in "$data"/*.tif; do
  firstframe degrade "$picture" "degraded_$(basename "$picture")" --blur-sigma 1.6 --blur-size 25 --border circular \
    --noise-sigma 1.41421356 --seed $((seed++)) --depth float32 >/dev/null
done
firstframe train --degraded degraded_butterfly.tif --clean "$data/butterfly.tif" --model m.safetensors "$@"
for picture in "$data"/*.tif; do
  name=$(basename "$picture")
  [ "$name" = butterfly.tif ] && continue
  firstframe restore --model m.safetensors "degraded_$name" "restored_$name" >/dev/null
  before=$(firstframe measure "degraded_$name" "$picture" --json | value psnr_luma_full_db)
  after=$(firstframe measure "restored_$name" "$picture" --json | value psnr_luma_full_db)
  echo "$name $before $after"
done | awk '{ printf "%-16s %6.2f -> %6.2f dB\n", $1, $2, $3; before += $2; after += $3 }
  END { printf "mean of %d       %6.2f -> %6.2f dB full-range Y, %.2f dB studio Y\n", NR, before / NR, after / NR, after / NR + 1.3219 }'
