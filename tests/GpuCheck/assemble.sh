#!/usr/bin/env bash
# Assembles every kernel with NVIDIA's ptxas and reports registers, spills and fused instructions: bash assemble.sh GPUCHECK_FOLDER [sm_80 sm_90].
# ptxas comes with CUDA; Debian's non-free package nvidia-cuda-toolkit has it too. SASS is read where nvdisasm or cuobjdump is there.
set -euo pipefail
check="${1:?the folder of GpuCheck}/GpuCheck"
shift
architectures=("${@:-sm_90}")
command -v ptxas > /dev/null || { echo "error: there is no ptxas on the path; install CUDA, or unpack Debian's nvidia-cuda-toolkit and put its folder there." >&2; exit 3; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"$check" --ptx "$work"
for architecture in "${architectures[@]}"; do
  most=0; spills=0; fused=0; kernels=0
  for kernel in "$work"/*.ptx; do
    said="$(ptxas -v -arch "$architecture" -o "$work/kernel.cubin" "$kernel" 2>&1)" || { echo "error: $(basename "$kernel"): $said" >&2; exit 1; }
    kernels=$((kernels + 1))
    registers="$(grep -oE 'Used [0-9]+ registers' <<< "$said" | grep -oE '[0-9]+' | sort -n | tail -n 1)"
    [ "${registers:-0}" -le "$most" ] || most="$registers"
    grep -qE '[1-9][0-9]* bytes spill' <<< "$said" && { spills=$((spills + 1)); echo "$architecture $(basename "$kernel"): spills"; }
    if command -v cuobjdump > /dev/null && cuobjdump -sass "$work/kernel.cubin" | grep -q "DFMA" && ! cuobjdump -sass "$work/kernel.cubin" | grep -qE "MUFU|CALL"; then
      fused=$((fused + 1)); echo "$architecture $(basename "$kernel"): DFMA without a division or root"
    fi
  done
  echo "$architecture: $kernels kernels, at most $most registers, $spills with spills, $fused with a fused product"
done
