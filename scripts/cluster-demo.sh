#!/bin/bash
# Maps the demo scene twice, here and on a Dask cluster of a scheduler and two workers on this machine, kills one of the
# workers on the way, and checks that both maps are the same to the bit.
#   bash scripts/cluster-demo.sh [FOLDER]      FOLDER has or gets the results of scripts/demo.sh; default: demo/
FOLDER=$(realpath -m -- "${1:-$(dirname -- "${BASH_SOURCE[0]}")/../demo}")
RESULTS="$FOLDER/results"
if [ ! -f "$RESULTS/prepared.tif" ] || [ ! -f "$RESULTS/model.onnx" ]; then
    bash "$(dirname -- "${BASH_SOURCE[0]}")/demo.sh" "$FOLDER" || exit 1
fi
. "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
install_requirements requirements-cluster.txt
use_plugin "$ROOT"
# Small blocks, so that there are enough of them in a small scene for a worker to die amid.
printf '[Processing]\nConfiguration\\CHRONOCOVER_MEMORY_MB=16\n' >>"$QGIS_CUSTOM_CONFIG_PATH/profiles/default/QGIS/QGIS3.ini"

PROCESSES=()
# A worker that is asked to end while its scheduler ends may wait for it for ever, so nobody is asked.
trap 'kill -KILL "${PROCESSES[@]}" 2>/dev/null || true; wait "${PROCESSES[@]}" 2>/dev/null || true; rm -rf -- "$WORKSPACE"' EXIT
# The cluster starts in a folder and an environment without QGIS and without Chronocover, as on other machines.
dask() {
    local log="$WORKSPACE/dask-${#PROCESSES[@]}.log"
    (cd -- "$WORKSPACE" && exec env -u PYTHONPATH "$PYTHON" -m "distributed.cli.dask_$1" --no-dashboard "${@:2}" >"$log" 2>&1) &
    PROCESSES+=($!)
}

# classify MAP CONFIDENCE [MORE ...]
classify() {
    qgis_process run chronocover:classifyseries -- SERIES="$RESULTS/prepared.tif" MODEL="$RESULTS/model.onnx" \
        OUTPUT="$1" CONFIDENCE="$2" "${@:3}"
}

say "The map, made by this computer alone"
classify "$RESULTS/map_here.tif" "$RESULTS/confidence_here.tif" >"$WORKSPACE/here.log" 2>&1 || fail "$(tail -n 20 "$WORKSPACE/here.log")"
grep 'pixels per second' "$WORKSPACE/here.log"

say "A scheduler and two workers"
SCHEDULER="$WORKSPACE/scheduler.json"
dask scheduler --host 127.0.0.1 --port 0 --scheduler-file "$SCHEDULER"
for worker in 1 2; do
    dask worker --scheduler-file "$SCHEDULER" --nthreads 1 --no-nanny --local-directory "$WORKSPACE"
done
VICTIM=${PROCESSES[2]}
for _ in $(seq 600); do
    [ "$(grep -cs 'Registered to' "$WORKSPACE"/dask-[12].log | grep -c ':1$')" -eq 2 ] && break
    sleep 0.1
done
grep -h 'Start worker at' "$WORKSPACE"/dask-[12].log || fail "$(cat "$WORKSPACE"/dask-*.log)"

say "The map, made by the cluster, of which one worker is killed"
classify "$RESULTS/map_cluster.tif" "$RESULTS/confidence_cluster.tif" SCHEDULER="$SCHEDULER" >"$WORKSPACE/cluster.log" 2>&1 &
RUN=$!
until grep -qsE '\.\.\.[3-9]0' "$WORKSPACE/cluster.log"; do
    kill -0 "$RUN" 2>/dev/null || fail "The run ended before a worker was killed: $(tail -n 20 "$WORKSPACE/cluster.log")"
    sleep 0.02
done
kill -KILL "$VICTIM"
wait "$VICTIM" 2>/dev/null || true
kill -0 "$RUN" 2>/dev/null || fail "The run ended before a worker was killed."
echo "Killed the worker of process $VICTIM after $(grep -oE '[0-9]+0' "$WORKSPACE/cluster.log" | tail -n 1) % of the map."
wait "$RUN" || fail "$(tail -n 20 "$WORKSPACE/cluster.log")"
grep -E 'computed by|pixels per second' "$WORKSPACE/cluster.log"

say "Are the maps the same?"
"$PYTHON" - "$RESULTS" <<'END'
import sys
from osgeo import gdal

gdal.UseExceptions()
for name in ("map", "confidence"):
    here, cluster = (gdal.Open(f"{sys.argv[1]}/{name}_{where}.tif") for where in ("here", "cluster"))
    if here.ReadRaster() != cluster.ReadRaster():
        sys.exit(f"The {name} of the cluster differs from the one made here.")
    print(f"{name}: identical, {here.RasterXSize * here.RasterYSize:,} pixels")
END
