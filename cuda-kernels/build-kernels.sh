#!/usr/bin/env bash
# Compiles the kernels with nvcc for the devices that the jar supports, and notes what they were compiled
# from. Run it after a change of a .cu or .cuh file; a test refuses an image that does not fit its sources.
set -euo pipefail
cd "$(dirname "$0")/src/main/resources/dev/carousel/cuda/kernels"
unit="$(mktemp --suffix=.cu)"
trap 'rm -f "$unit"' EXIT
for source in *.cu; do echo "#include \"$source\""; done > "$unit"
nvcc -fatbin -O3 -std=c++17 -Werror all-warnings -I . \
  -gencode arch=compute_80,code=sm_80 -gencode arch=compute_90,code=sm_90 \
  -gencode arch=compute_100,code=sm_100 -gencode arch=compute_80,code=compute_80 \
  --compress-mode=size -o kernels.fatbin "$unit"
cat $(ls *.cu *.cuh | LC_ALL=C sort) | sha256sum | cut -d' ' -f1 > kernels.sha256
nvcc --version | sed -n 's/.*release \([0-9.]*\).*/nvcc \1/p' > kernels.nvcc
ls -l kernels.fatbin
