#!/usr/bin/env bash
# A stand-alone cluster of Spark on this machine: a master and two workers, each a process, from the jars that Maven has. A simulation is
# submitted three times: undisturbed; with an executor killed by SIGKILL on its way; and with the program that submitted it killed, then
# started again. Each result has to be that of the threads of one process, byte by byte.
#   mvn -B -q -P spark -DskipTests package && docs/trials/spark.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

export SPARK_HOME="$PWD/solvers/spark/target/spark" SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
spark="$SPARK_HOME/jars/*"
program="$PWD/examples/target/langevin4j.jar"
module=$(ls "$PWD"/solvers/spark/target/langevin4j-spark-*-SNAPSHOT.jar)
folder="$PWD/solvers/spark/target/trial"
master=spark://127.0.0.1:17077
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"

stop() { kill $(jobs -p) 2>/dev/null || true; }
trap stop EXIT

java -cp "$spark" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 17077 --webui-port 0 >master.log 2>&1 &
for n in 1 2; do
  java -cp "$spark" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 1g --webui-port 0 \
    --work-dir "worker-$n" "$master" >"worker-$n.log" 2>&1 &
done
until [ "$(grep -c 'Registering worker' master.log)" = 2 ]; do sleep 0.2; done
echo "a master and two workers of one core are up"

work=(simulate --drift "x-x^3-0.3*y, 0.3*x-y" --beta 2.5 --paths 4000000 --until 10 --seed 7 --histogram "x=-2.5:2.5:100,y=-2:2:80")
submit() {
  java -cp "$spark" org.apache.spark.deploy.SparkSubmit --master "$master" --conf spark.executor.memory=512m \
    --class org.langevin4j.examples.Examples --jars "$module" "$program" "${work[@]}" --spark submitted "$@"
}
seconds() { local begin=$SECONDS; "$@" >>said.log 2>&1; echo $((SECONDS - begin)); }
parts() { ls "$1" 2>/dev/null | grep -c '^part-[0-9]*-of-[0-9]*$' || true; }
executors() { pgrep -f "CoarseGrainedExecutorBackend.*$master|CoarseGrainedExecutorBackend.*127.0.0.1" || true; }

echo "threads of one process: $(seconds java -jar "$program" "${work[@]}" --out threads.csv) s"
echo "two executors with a heap of 512 MB: $(seconds submit --out undisturbed.csv) s"

submit --checkpoint kept-1 --out executor-killed.csv >>said.log 2>&1 &
run=$!
until [ "$(parts kept-1)" -ge 2 ]; do sleep 0.2; done
victim=$(executors | head -n 1)
echo "kill -9 of executor $victim, when $(parts kept-1) of 8 parts were done"
kill -9 "$victim"
wait "$run"
echo "the run came to its end; the master says: $(grep -h -o 'Removing executor [^ ]* because it is [A-Z]*' master.log | grep -v FINISHED | tail -n 1)"

submit --checkpoint kept-2 --out program-killed.csv >>said.log 2>&1 &
until [ "$(parts kept-2)" -ge 3 ]; do sleep 0.2; done
victim=$(pgrep -f 'SparkSubmit.*kept-2' | tail -n 1)
echo "kill -9 of the program that submitted, when $(parts kept-2) of 8 parts were done"
kill -9 "$victim"
sleep 2
ls -l --time-style=full-iso kept-2 | grep part- >before.txt
echo "the same command again: $(seconds submit --checkpoint kept-2 --out program-killed.csv) s"
ls -l --time-style=full-iso kept-2 | grep part- >after.txt
grep -qvxFf after.txt before.txt && { echo "parts that were there have changed"; exit 1; }
echo "the $(wc -l <before.txt) parts that were there are the same files"

for result in undisturbed executor-killed program-killed; do
  cmp threads.csv "$result.csv"
  echo "$result.csv: the same bytes as threads.csv"
done
