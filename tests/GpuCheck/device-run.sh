#!/usr/bin/env bash
# The whole run on a bare machine with a GPU, in 540 seconds: bash device-run.sh GPUCHECK_FOLDER OUT_FOLDER [options of GpuCheck, such as --cpu-only].
# The folder is that of `dotnet publish -c Release tests/GpuCheck -o GPUCHECK_FOLDER`. What was done by the time it ends is in OUT_FOLDER: at most seven files.
set -uo pipefail
check="${1:?the folder of GpuCheck}/GpuCheck"
out="${2:?a folder for what comes out}"
shift 2
mkdir -p "$out"
started=$SECONDS
left() { echo $((540 - (SECONDS - started))); }

# Where containers and distributions put the driver's library.
for folder in /usr/lib/x86_64-linux-gnu /usr/local/nvidia/lib64 /usr/local/cuda/compat /usr/lib64 /usr/lib/wsl/lib; do
  if [ -e "$folder/libcuda.so.1" ]; then export LD_LIBRARY_PATH="$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"; fi
done

{
  date -u
  nvidia-smi -q 2>&1 | grep -E "Product Name|Driver Version|CUDA Version|Graphics +:|SM +:|Memory +:|Total +:|Performance State" || echo "nvidia-smi says nothing."
  grep -m 1 "model name" /proc/cpuinfo
} > "$out/machine.txt" 2>&1

# 1. A few nodes of one policy: where these differ, nothing else is worth its time.
timeout 60 "$check" --policies Marconi --sizes 1000 --no-table "$@" > "$out/check.txt" 2>&1
code=$?
tail -n 1 "$out/check.txt"
if [ "$code" -ne 0 ]; then echo "The smoke test ended with $code: see $out/check.txt." >&2; exit "$code"; fi

# The kernels that the policy compiler wrote, which the driver loads by itself.
if [ $# -eq 0 ]; then
  timeout 60 "$check" --build-time --sizes 1000,100000 --budget 45 > "$out/buildtime.txt" 2>&1
  tail -n 1 "$out/buildtime.txt"
fi

# 2. Memory errors, where the tool is there.
if command -v compute-sanitizer > /dev/null; then
  timeout 60 compute-sanitizer --tool memcheck "$check" --policies Marconi --sizes 1000 --no-table > "$out/memcheck.txt" 2>&1
  tail -n 2 "$out/memcheck.txt"
fi

# 3. Correctness of all policies at small sizes, then the table with what tells most first.
timeout 200 "$check" --sizes 1000,10000,100000 --no-table --budget 150 "$@" >> "$out/check.txt" 2>&1
compared=$?
tail -n 1 "$out/check.txt"
budget=$(($(left) - 40))
timeout $((budget + 30)) "$check" --table-only --variants --budget "$budget" --out "$out" "$@" > "$out/table.txt" 2>&1
measured=$?
cat "$out/table.txt"

# 4. One kernel seen from inside, where the tool is there and time is left.
if command -v ncu > /dev/null && [ "$(left)" -gt 30 ]; then
  timeout $(($(left) - 10)) ncu --launch-count 6 "$check" --table-only --policies Marconi --sizes 1000000 --budget 10 > "$out/ncu.txt" 2>&1
fi

echo "Done in $((SECONDS - started)) s; comparisons ended with $compared, the table with $measured."
[ "$compared" -eq 0 ] && [ "$measured" -eq 0 ]
