# Sourced by the tests of this folder: a noisy volume with edges, a quick model of it, and what one process restores.

# make_scene SOURCE SECTIONS RESTORER...: volume.mha, model.safetensors, whole.mha in the current folder.
make_scene() {
  local source=$1 sections=$2
  shift 2
  # The bytes of a picture's colours, side by side, are a grey picture with edges.
  firstframe degrade "$source/docs/images/street.jpg" street.ppm --downscale 8 >/dev/null
  local size cols rows
  size=$(head -c 60 street.ppm | sed -n 2p | tr -d '\0')
  read -r cols rows <<<"$size"
  [ -n "$rows" ] || { echo "street.ppm has no size in its second line"; return 1; }
  cols=$((3 * cols))
  tail -c $((cols * rows)) street.ppm >section.raw
  {
    printf 'ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False\n'
    printf 'DimSize = %d %d %d\nElementType = MET_UCHAR\nElementDataFile = LOCAL\n' "$cols" "$rows" "$sections"
    for _ in $(seq "$sections"); do cat section.raw; done
  } >clean.mha
  firstframe degrade clean.mha volume.mha --noise-sigma 20 --seed 3 >/dev/null
  firstframe train --degraded volume.mha --clean clean.mha --slice 3 --model model.safetensors "$@" >/dev/null
  firstframe restore --model model.safetensors volume.mha whole.mha >/dev/null
}
