#!/usr/bin/env bash
# Runs the adapters in the engines themselves: their own tests, the same victims side by side, and how long it takes.
#
#   SQUELCH_VLLM=FOLDER SQUELCH_SGLANG=FOLDER SQUELCH_LMCACHE=FOLDER ./peers.sh [vllm|sglang|lmcache ...]
#
# A FOLDER is a checkout. Where its engine is installed for PYTHON (python3), that is used; else what the engine needs besides the code under
# test is replaced by stand-ins (peers/*_modules.py), and torch, NumPy and pytest are enough: no GPU, nothing built.
# The library is that of SQUELCH_LIBRARY, or the best of the folder SQUELCH_NATIVE, or the one in squelch/_native.
# Prints one line per check: ok, FAILED or skipped, and why. Ends with 1 where one has failed.
set -uo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
python="${PYTHON:-python3}"
failed=0
export PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH="$here:$here/peers${PYTHONPATH:+:$PYTHONPATH}"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT

say() { echo "$1"; case "$1" in FAILED*) failed=1 ;; esac; }

if [ -z "${SQUELCH_LIBRARY:-}" ] && [ -n "${SQUELCH_NATIVE:-}" ]; then
  SQUELCH_LIBRARY="$("$python" -c 'import os, tests; print(os.environ.get("SQUELCH_LIBRARY", ""))')"
  export SQUELCH_LIBRARY
fi

# side ENGINE SCRIPT CHECK: a script of peers/, whose lines are the checks.
side() {
  if ! timeout 900 "$python" "$here/peers/$2" "$3" >"$out/said" 2>"$out/errors" && ! grep -q '^FAILED' "$out/said"; then
    echo "FAILED $3: $(tail -n 1 "$out/errors")" >>"$out/said"
  fi
  while IFS= read -r line; do say "${line/ / $1: }"; done <"$out/said"
}

# theirs ENGINE PLUGIN FOLDER TEST...: an engine's own tests, as they are and then with ours. With ours, none may fail that did not before, but those
# that $expected names.
theirs() {
  local engine="$1" plugin="$2" folder="$3"
  shift 3
  for run in own ours; do
    (cd "$folder" && env ${ours[$run]} timeout 1500 "$python" -m pytest -q -rfE -p no:cacheprovider -p "$plugin" --noconftest -c /dev/null --rootdir "$folder" "$@") \
      >"$out/$run" 2>&1
    grep -E '^(FAILED|ERROR) ' "$out/$run" | sed -E 's/^[A-Z]+ //; s/ - .*//' | sort >"$out/$run.failed"
  done
  local summary passed new
  summary="$(tail -n 1 "$out/ours")"
  passed="$(grep -oE '[0-9]+ passed' <<<"$summary")"
  new="$(comm -13 "$out/own.failed" "$out/ours.failed" | grep -vE "${expected:-^$}")"
  if [ -z "$passed" ]; then
    say "FAILED $engine: its own tests: $summary"
  elif [ -n "$new" ]; then
    say "FAILED $engine: its own tests: $(wc -l <<<"$new") fail with ours alone, the first $(head -n 1 <<<"$new")"
  else
    say "ok $engine: its own tests: $passed with ours; $(wc -l <"$out/own.failed") fail here with its own, too (left out: ${expected:-none})"
  fi
}

# ready ENGINE FOLDER IMPORT: whether an engine can be checked; sets PEER_STAND_INS where it is not installed.
ready() {
  if [ -z "$2" ]; then
    say "skipped $1: SQUELCH_${1^^} names no checkout"
    return 1
  fi
  if ! "$python" -c 'import torch, numpy, pytest' 2>/dev/null; then
    say "skipped $1: $python has no torch, NumPy or pytest"
    return 1
  fi
  unset PEER_STAND_INS
  "$python" -c "import $3" 2>/dev/null || export PEER_STAND_INS=1
}

vllm() {
  ready vllm "${SQUELCH_VLLM:-}" vllm.v1.kv_offload.cpu.manager || return
  declare -A ours=([own]= [ours]=PEER_POLICY=Lru)
  # It asserts that "lru" is vLLM's class.
  local expected=test_lru_and_arc_registered
  theirs vllm vllm_plugin "$SQUELCH_VLLM" tests/v1/kv_offload/cpu/test_manager.py tests/v1/kv_offload/cpu/policies/test_factory.py
  for check in victims timing; do side vllm vllm_side_by_side.py $check; done
}

sglang() {
  ready sglang "${SQUELCH_SGLANG:-}" sglang.srt.mem_cache.unified_radix_cache || return
  declare -A ours=([own]= [ours]=PEER_COMPONENTS=1)
  local expected=
  theirs sglang sglang_plugin "$SQUELCH_SGLANG" test/registered/unit/mem_cache/test_evict_policy.py \
    test/registered/unit/mem_cache/test_unified_radix_cache_unittest.py -k '(Test_FULL and not hicache) or EvictPolicy or Strategy'
  for check in victims mamba timing; do side sglang sglang_side_by_side.py $check; done
}

lmcache() {
  ready lmcache "${SQUELCH_LMCACHE:-}" lmcache.v1.storage_backend.cache_policy || return
  side lmcache lmcache_side_by_side.py victims
}

for engine in "${@:-vllm sglang lmcache}"; do
  for each in $engine; do
    case "$each" in
      vllm | sglang | lmcache) "$each" ;;
      *) echo "usage: peers.sh [vllm|sglang|lmcache ...]" >&2 && exit 2 ;;
    esac
  done
done
exit $failed
