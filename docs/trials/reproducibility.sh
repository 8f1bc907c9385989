#!/bin/sh
# Every experiment twice: with this Java, two threads and the vector unit; with another Java, one thread and plain Java. All numbers are to
# be the same to the last bit.
#   sh docs/trials/reproducibility.sh JAR OTHER_JAVA [OPTIONS OF run all]
# Twice the time of `run all --quick`, and more without the vector unit. Wants Python 3 for the comparison.
set -eu
jar=$1
other=$2
shift 2
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
# Exit status 1 is a claim that does not hold: the numbers are there all the same.
java -XX:ActiveProcessorCount=2 --add-modules jdk.incubator.vector -jar "$jar" run all --quick --out "$out/first" "$@" >/dev/null || [ $? = 1 ]
"$other" -XX:ActiveProcessorCount=1 -Dlangevin4j.vector=off -jar "$jar" run all --quick --out "$out/second" "$@" >/dev/null || [ $? = 1 ]
python3 - "$out" <<'COMPARE'
import json, pathlib, sys

times = {"date", "seconds"}

def differences(a, b, at):
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted(a.keys() | b.keys()):
            if key not in times:
                yield from differences(a.get(key), b.get(key), f"{at}/{key}")
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for k, (x, y) in enumerate(zip(a, b)):
            yield from differences(x, y, f"{at}/{k}")
    elif a != b or type(a) is not type(b):
        yield f"{at}: {a} and {b}"

out = pathlib.Path(sys.argv[1])
files = sorted(f.relative_to(out / "first") for f in (out / "first").rglob("*.json"))
assert files, "nothing was written"
wrong = 0
for file in files:
    first, second = (json.loads((out / run / file).read_text()) for run in ("first", "second"))
    found = list(differences(first, second, ""))
    wrong += bool(found)
    print("FAIL" if found else "PASS", file, *found[:3])
sys.exit(wrong > 0)
COMPARE
