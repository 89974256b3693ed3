#!/usr/bin/env bash
# Every check of this folder passes a small good tree and fails a small bad one, naming the file and the reason.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

# put FILE: standard input becomes a file of the tree.
put() { mkdir -p "$scratch/$(dirname "$1")" && cat >"$scratch/$1"; }

# passes CHECK / fails CHECK TEXT: TEXT must stand in what the check says.
passes() {
  local said
  said=$("$here/$1" "$scratch") || { echo "$1 fails a good tree: $said"; failures=$((failures + 1)); }
}
fails() {
  local said
  if said=$("$here/$1" "$scratch"); then
    echo "$1 passes a bad tree"
    failures=$((failures + 1))
  elif ! grep -qF "$2" <<<"$said"; then
    printf '%s says\n%s\ninstead of\n%s\n' "$1" "$said" "$2"
    failures=$((failures + 1))
  fi
}
afresh() {
  rm -rf "${scratch:?}"/*
  put core/frame/border.h <<<'#pragma once'
  put core/restorers/network.h <<<'#include <torch/torch.h>'
  put core/restorers/network.cpp <<<'#include "core/restorers/network.h"'
  put io/picture/picture.h <<<'#include "core/frame/border.h"'
  put elements/gst/plugin.cpp <<<'#include "io/picture/picture.h"'
  put examples/demo.cpp <<<'#include "io/picture/picture.h"  // mask: 0x77, "a/b"'
}

afresh
for check in layering.sh file_length.sh unfinished_words.sh machine_paths.sh; do passes $check; done

put core/frame/upwards.cpp <<<'#include "io/picture/picture.h"'
fails layering.sh 'core/frame/upwards.cpp:1: core may not include io/picture/picture.h'
afresh
put io/picture/upwards.cpp < <(printf '\n  #  include  "elements/gst/plugin.h"\n')
fails layering.sh 'io/picture/upwards.cpp:2: io may not include elements/gst/plugin.h'
afresh
put examples/sideways.cpp <<<'#include "pipelines/cli/progress.h"'
fails layering.sh 'examples/sideways.cpp:1: examples may not include pipelines/cli/progress.h'
afresh
put elements/gst/climbs.cpp <<<'#include "../../core/frame/border.h"'
fails layering.sh 'elements/gst/climbs.cpp:1: ../../core/frame/border.h climbs out of its folder'
afresh
put pipelines/cli/heavy.cpp <<<'#include <torch/torch.h>'
fails layering.sh 'pipelines/cli/heavy.cpp:1: torch/torch.h brings in the headers of LibTorch'
afresh
put core/restorers/restorer.h <<<'#include "core/restorers/network.h"'
put io/model/heavy.cpp <<<'#include "core/restorers/restorer.h"'
fails layering.sh 'io/model/heavy.cpp:1: core/restorers/restorer.h brings in the headers of LibTorch'

afresh
put core/frame/exactly.cpp < <(seq 400)
passes file_length.sh
put core/frame/long.cpp < <(seq 401)
fails file_length.sh 'core/frame/long.cpp: 401 lines'

for word in 'TO''DO: later' 'FIX''ME' 'X''XX' 'HA''CK around it' 'Not imple''mented yet' 'a place''holder'; do
  afresh
  put core/frame/unfinished.h <<<"// $word"
  fails unfinished_words.sh "core/frame/unfinished.h:1:// $word"
done
afresh
put core/frame/finished.h <<<'mkstemp("name-XX''XXXX"); auto hack''neyed = place''holder(setting);'
passes unfinished_words.sh

for folder in work home root Users; do
  afresh
  put docs/page.md <<<"open /$folder/me/file"
  fails machine_paths.sh "docs/page.md:1:open /$folder/me/file"
done
afresh
put docs/page.md <<<"see https://example.org/home/page and build/work/x"
passes machine_paths.sh

[ $failures -eq 0 ] && echo "every check passes the good tree and fails the bad ones"
exit $((failures > 0))
