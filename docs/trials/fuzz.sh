#!/bin/sh
# Fuzzes every reader, one after the other: sh docs/trials/fuzz.sh [PERCENT]. With 100 it is ten million inputs in all,
# for about a quarter of an hour of one idle processor; the seeds alone run with every test of the project.
# What is found is written beside the seeds (src/test/resources/…Inputs/…) or into the module's folder, as crash-….
set -u
cd "$(dirname "$0")/../.." || exit 99
percent=${1:-100}
failures=0
# Jazzer's own hooks on regular expressions take kilobytes for a character, which is no measure for the readers.
own=com.code_intelligence.jazzer.sanitizers
# target MODULE CLASS METHOD INPUTS
target() {
  inputs=$(($4 * percent / 100))
  echo "== $2#$3, $inputs inputs"
  if JAZZER_FUZZ=1 nice -n 10 mvn -B -q test -pl "$1" -am "-Dtest=$2#$3" -Dsurefire.failIfNoSpecifiedTests=false \
    -Djazzer.hooks=true "-Djazzer.disabled_hooks=$own.RegexRoadblocks:$own.RegexInjection" \
    "-Djazzer.max_executions=$inputs" -Djazzer.max_duration= >fuzz.log 2>&1; then
    grep 'DONE' fuzz.log | tail -n 1
  else
    failures=$((failures + 1))
    grep -E '== |crash-|ERROR' fuzz.log | head -n 8
  fi
}
target models ArrayFileFuzzTest npy 2500000
target models ArrayFileFuzzTest safetensors 2000000
target models ArrayFileFuzzTest text 1500000
target models ArrayFileFuzzTest npz 100000
target models ArrayFileFuzzTest hdf5 50000
target models ArrayFileFuzzTest mat 100000
target models ArrayFileFuzzTest gzip 100000
target models ArrayFileFuzzTest anyFile 150000
target models ArrayFileFuzzTest growing 100000
target models ImageFilesFuzzTest idx 200000
target models ImageFilesFuzzTest cifar 200000
target models SavedTrainingFuzzTest savedTraining 500000
target models ExpressionFuzzTest drift 300000
target examples ModelInputFuzzTest toml 200000
target examples ModelInputFuzzTest json 200000
target examples ModelInputFuzzTest command 200000
target examples ModelInputFuzzTest options 200000
target examples ResultFolderFuzzTest result 200000
target solvers CheckpointFuzzTest content 500000
target solvers CheckpointFuzzTest file 100000
target solvers SweepFileFuzzTest sweep 400000
target solvers MatrixMarketFuzzTest matrixMarket 1500000
rm -f fuzz.log
echo "$failures targets with a finding"
exit "$failures"
