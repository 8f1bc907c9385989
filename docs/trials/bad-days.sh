#!/bin/sh
# Bad days, tried on the command: sh docs/trials/bad-days.sh path/to/langevin4j.jar [SECTION…]
# Sections: disk folder killed two clock heap locales nowhere; without any, all of them.
# Prints PASS, FAIL or SKIP for each; the exit status is the number of failures. Needs a JDK; what needs root
# (a small file system, one that is read-only) or faketime is skipped where it is not to be had.
set -u
[ $# -ge 1 ] || { echo "usage: bad-days.sh JAR [SECTION...]" >&2; exit 99; }
jar=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
shift
sections=${*:-disk folder killed two clock heap locales nowhere}
work=$(mktemp -d)
mounts=""
failures=0
cleanup() {
  for each in $mounts; do umount "$each" 2>/dev/null; done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM
cd "$work" || exit 99

langevin4j() { java ${java_options-} -jar "$jar" "$@"; }
# The launcher starts a second process for the vector unit; both are killed, without a warning.
slain() {
  children=$(ps -o pid= --ppid "$1" 2>/dev/null)
  kill -9 "$1" $children 2>/dev/null || return 1
  wait "$1" 2>/dev/null
  return 0
}
pass() { echo "PASS $1"; }
fail() { echo "FAIL $1"; failures=$((failures + 1)); }
skip() { echo "SKIP $1"; }
# holds NAME COMMAND…: the command succeeds
holds() { name=$1; shift; if "$@"; then pass "$name"; else fail "$name"; fi; }
# refused STATUS NAME COMMAND…: that status, one line on standard error that begins with langevin4j:, no stack trace
refused() {
  expected=$1; name=$2; shift 2
  "$@" >out.txt 2>err.txt
  status=$?
  if [ "$status" = "$expected" ] && [ "$(grep -c '^langevin4j: ' err.txt)" = 1 ] && ! grep -q '^	at ' err.txt; then
    pass "$name: $(grep '^langevin4j: ' err.txt | cut -c1-160)"
  else
    fail "$name: exit $status for $expected: $(head -n 3 err.txt | cut -c1-200)"
  fi
}
# What a report says, without its times: date, seconds.
timeless() { sed -E 's/"(date|seconds)" : [^,]*//; s/[0-9.e+-]+ s\b//g' "$1"; }

awk 'BEGIN { srand(1); for (i = 0; i < 40; i++) { for (j = 0; j < 6; j++) printf "%s%.6f", (j ? "," : ""), rand() - 0.5; print "" } }' >g.csv
small() { langevin4j train --network tiny-fc --epochs "$1" --out "$2" >"$2.log" 2>&1; }
mkdir calm
small 4 calm/whole
holds "a calm day: 4 epochs are trained" test -s calm/whole/network.safetensors
langevin4j run figure-4 --quick --out calm/out >calm/out.log 2>&1
holds "a calm day: an example runs" test -s calm/out/report.json
langevin4j spectrum g.csv --json >calm/spectrum.json 2>/dev/null
grep -v '"computed"' calm/spectrum.json >c.txt
timeless calm/out/report.json >b.txt

disk() {
  echo "# disk full"
  for command in "list" "spectrum g.csv" "spectrum g.csv --json" "run figure-4 --quick --out full-out" "spectrum --help"; do
    if [ -c /dev/full ]; then
      langevin4j $command >/dev/full 2>err.txt
      status=$?
      holds "$command > /dev/full: exit $status for 3" test "$status" = 3
    else
      skip "$command > /dev/full"
    fi
  done
  mkdir disk
  if mount -t tmpfs -o size=400k tmpfs disk 2>/dev/null; then
    mounts="$mounts $work/disk"
    small 2 disk/run
    cp disk/run/training.state kept.state
    dd if=/dev/zero of=disk/filler bs=1k >/dev/null 2>&1
    refused 3 "a full disk stops training" langevin4j train --network tiny-fc --epochs 4 --out disk/run
    holds "the saved state is as it was" cmp -s kept.state disk/run/training.state
    langevin4j run figure-4 --quick --out disk/out >out.txt 2>err.txt
    status=$?
    holds "an example on a full disk: exit $status, $(head -n 1 err.txt)" test "$status" = 3
    rm disk/filler
    small 4 disk/run
    holds "with room again it goes on to the same bits" cmp -s disk/run/network.safetensors calm/whole/network.safetensors
  else
    skip "a full disk (mounting a small tmpfs needs root)"
  fi
}

folder() {
  echo "# unwritable folder"
  mkdir -p sealed
  chmod 555 sealed
  if [ "$(id -u)" = 0 ] && mount -t tmpfs -o ro tmpfs sealed 2>/dev/null; then mounts="$mounts $work/sealed"; fi
  if (: >sealed/probe) 2>/dev/null; then
    skip "an unwritable folder (it can be written)"
  else
    refused 2 "training is refused before it begins" langevin4j train --network tiny-fc --epochs 9999 --out sealed/run
    refused 2 "examples are refused before they begin" langevin4j run figure-4 --quick --out sealed/out
  fi
  : >file
  refused 2 "a file is in the way of the folder" langevin4j run figure-4 --quick --out file/out
}

killed() {
  echo "# killed"
  mkdir killed
  kills=0
  round=0
  while [ $round -lt 6 ] && ! [ -s killed/run/network.safetensors ]; do
    round=$((round + 1))
    java -jar "$jar" train --network tiny-fc --epochs 40 --out killed/run >>killed/log 2>&1 &
    pid=$!
    # Until it says that one more epoch is saved, and a little, then without a warning.
    before=$(grep -c '^epoch' killed/log)
    tries=0
    while kill -0 $pid 2>/dev/null && [ "$(grep -c '^epoch' killed/log)" -le $((before + round)) ] && [ $tries -lt 600 ]; do
      sleep 0.05
      tries=$((tries + 1))
    done
    if slain $pid; then kills=$((kills + 1)); fi
  done
  small 40 killed/run
  langevin4j train --network tiny-fc --epochs 40 --out killed/whole >killed/whole.log 2>&1
  holds "train killed $kills times ends at the bits of one run" cmp -s killed/run/network.safetensors killed/whole/network.safetensors
  repeated=$(grep '^epoch' killed/log | sed 's/:.*//' | sort | uniq -d | wc -l)
  holds "no epoch that was told of is lost ($repeated trained twice)" test "$repeated" = 0
  cp -r calm/out killed/out
  java -jar "$jar" run stationary-density --quick --out killed/out >/dev/null 2>&1 &
  pid=$!
  tries=0
  while [ ! -d killed/out/stationary-density ] && [ $tries -lt 600 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
  slain $pid
  holds "no report is older than the results it tells of" test ! -e killed/out/report.json
  langevin4j run figure-4 --quick --out killed/out >/dev/null 2>&1
  timeless killed/out/report.json >a.txt
  holds "the folder of a killed run is used again" cmp -s a.txt b.txt
  mkdir classes
  if javac -cp "$jar" -d classes "$here/Killed.java" 2>err.txt; then
    for kind in ensemble sweep; do
      kills=0
      done=0
      round=0
      while [ $done = 0 ] && [ $round -lt 6 ]; do
        round=$((round + 1))
        java -cp "$jar:classes" Killed $kind killed/$kind >killed/$kind.txt 2>killed/$kind.err &
        pid=$!
        sleep 0.$((5 + round % 5))
        sleep $((round / 4))
        if slain $pid; then kills=$((kills + 1)); else wait $pid && done=1; fi
      done
      [ $done = 1 ] || java -cp "$jar:classes" Killed $kind killed/$kind >killed/$kind.txt 2>killed/$kind.err
      java -cp "$jar:classes" Killed $kind killed/$kind-whole >killed/$kind-whole.txt 2>/dev/null
      holds "$kind killed $kills times gives the bits of one run" cmp -s killed/$kind.txt killed/$kind-whole.txt
    done
  else
    fail "Killed.java: $(head -n 2 err.txt)"
  fi
}

two() {
  echo "# two runs into one folder"
  langevin4j run figure-4 --quick --out both >one.txt 2>one.err &
  first=$!
  langevin4j run figure-4 --quick --out both >two.txt 2>two.err
  second=$?
  wait $first
  first=$?
  holds "both end well (exit $first and $second)" test "$first$second" = 00
  timeless both/report.json >a.txt
  holds "and leave one whole report" cmp -s a.txt b.txt
  holds "and nothing else" test "$(find both -name '*.new' | wc -l)" = 0
}

clock() {
  echo "# a clock that jumps"
  if command -v faketime >/dev/null; then
    for jump in '2031-05-05 05:05:05' '1999-12-31 23:59:59'; do
      FAKETIME_FORCE_MONOTONIC_FIX=1 FAKETIME_DONT_FAKE_MONOTONIC=1 faketime -m "$jump" java -jar "$jar" train --network tiny-fc --epochs \
        "$([ "$jump" = '2031-05-05 05:05:05' ] && echo 2 || echo 4)" --out clock/run >clock.log 2>&1
    done
    holds "training from 2031 on in 1999 ends at the same bits" cmp -s clock/run/network.safetensors calm/whole/network.safetensors
  else
    skip "a clock that jumps (there is no faketime)"
  fi
}

heap() {
  echo "# a heap too small"
  awk 'BEGIN { srand(2); for (i = 0; i < 400; i++) { for (j = 0; j < 600; j++) printf "%s%.4f", (j ? "," : ""), rand() - 0.5; print "" } }' >large.csv
  # As much as is claimed is there, of holes: 8 GB of zeros.
  { printf '\223NUMPY\001\000\166\000'; printf '%-117s\n' "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000, 1), }"; } >claims.npy
  truncate -s 8000000128 claims.npy
  for command in "spectrum large.csv" "spectrum claims.npy" "run figure-4 --quick --out heap-out"; do
    java -Xmx12m -jar "$jar" $command >out.txt 2>err.txt
    status=$?
    holds "$command with -Xmx12m: exit $status for 3, $(grep '^langevin4j: ' err.txt | cut -c1-120)" \
      test "$status" = 3 -a "$(grep -c '^langevin4j: ' err.txt)" = 1
  done
}

locales() {
  echo "# locales with other digits and signs"
  for locale in "ar EG" "fa IR" "de DE"; do
    set -- $locale
    java_options="-Duser.language=$1 -Duser.country=$2 -Duser.extensions=nu-arab"
    where=$1-$2
    langevin4j spectrum g.csv --json >"$where.json" 2>/dev/null
    grep -v '"computed"' "$where.json" >a.txt
    holds "$where: the same spectrum" cmp -s a.txt c.txt
    langevin4j run figure-4 --quick --out "$where" >/dev/null 2>&1
    timeless "$where/report.json" >a.txt
    holds "$where: the same report" cmp -s a.txt b.txt
    small 4 "$where-run"
    holds "$where: the same weights" cmp -s "$where-run/network.safetensors" calm/whole/network.safetensors
  done
  unset java_options
  mkdir größe
  cp g.csv größe/gδ.csv
  LC_ALL=C langevin4j spectrum größe/gδ.csv --json >a.json 2>err.txt
  status=$?
  grep -v '"computed"' a.json >a.txt
  if [ $status = 0 ]; then
    holds "LANG=C: a name that is not ASCII is read" cmp -s a.txt c.txt
  else
    holds "LANG=C: $(cut -c1-150 err.txt)" test "$status" = 2 -a "$(grep -c 'LC_ALL=C.UTF-8' err.txt)" = 1
  fi
}

nowhere() {
  echo "# no home, no temporary folder"
  nowhere="-Duser.home=/nonexistent -Djava.io.tmpdir=/nonexistent"
  langevin4j_nowhere() { env -u HOME java $nowhere -jar "$jar" "$@"; }
  langevin4j_nowhere spectrum g.csv --json >a.json 2>err.txt
  grep -v '"computed"' a.json >a.txt
  holds "a spectrum all the same" cmp -s a.txt c.txt
  langevin4j_nowhere train --network tiny-fc --epochs 4 --out nowhere-run >nowhere.log 2>&1
  holds "training all the same" cmp -s nowhere-run/network.safetensors calm/whole/network.safetensors
  refused 2 "an example that draws" langevin4j_nowhere run figure-4 --quick --out nowhere-out
  langevin4j_nowhere run figure-4 definition-1 --quick --out nowhere-both >out.txt 2>err.txt
  holds "the next example goes on" test -s nowhere-both/definition-1/result.json
  env -u HOME java -Duser.home=/nonexistent -jar "$jar" run figure-4 --quick --out no-home >/dev/null 2>&1
  timeless no-home/report.json >a.txt
  holds "without a home alone: the same report" cmp -s a.txt b.txt
}

for section in $sections; do "$section"; done
echo "$failures failed"
exit $failures
