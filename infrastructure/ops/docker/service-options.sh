#!/usr/bin/env bash
# service-options.sh <service> <directory of the jars>: writes the argument files of both JVMs there.
# The options of the service are those of ServiceJvm (infrastructure/engines); ServiceJvmTest compares them.
set -euo pipefail
service=$1
app=$2
case $service in
  alpha-worker) main=org.etlsandbox.alpha.AlphaWorker port=9081 ;;
  beta-worker) main=org.etlsandbox.beta.BetaWorker port=9082 ;;
  gamma-worker) main=org.etlsandbox.gamma.GammaWorker port=9083 ;;
  delta-worker) main=org.etlsandbox.delta.DeltaWorker port=9084 ;;
  beta-api) main=org.etlsandbox.betaapi.BetaApi port=9085 ;;
  delta-api) main=org.etlsandbox.deltaapi.DeltaApi port=9086 ;;
  *)
    echo "SERVICE is '$service': choose alpha-worker, beta-worker, gamma-worker, delta-worker, beta-api or delta-api (--build-arg SERVICE=…)" >&2
    exit 2
    ;;
esac

# An explicit list: an AOT cache fits one class path, and the order that '*' gives may change
class_path=$(printf '%s\n' "$app"/ours/*.jar "$app"/lib/*.jar "$app"/shared/*.jar | LC_ALL=C sort | paste -sd:)

cat >"$app/service.options" <<OPTIONS
# The archived objects of an AOT cache must fit into the heap at once, or the JVM does not start;
# without -Xms the first heap is a 64th of the memory limit
-Xms64m
-Xmx256m
-XX:+UseSerialGC
-XX:Tier4InvocationThreshold=50000
-XX:Tier4MinInvocationThreshold=6000
-XX:Tier4CompileThreshold=150000
-XX:Tier4BackEdgeThreshold=400000
-XX:+ExitOnOutOfMemoryError
-XX:AOTCache=$app/service.aot
# JDK 25 may find a few of the cache's stubs under another's name, does without them, and would warn between lines of JSON
-Xlog:aot=error,aot+codecache+stubs=error
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
-cp $class_path
$main
OPTIONS

cat >"$app/health.options" <<OPTIONS
-Xmx8m
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-XX:-UsePerfData
-cp $app/health
Healthy $port
OPTIONS
