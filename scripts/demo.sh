#!/bin/bash
# The first five minutes, offline: makes a demo scene, runs the workflow "Cloudy images and labels to map" on it with
# qgis_process, and compares the map with the truth.
#   bash scripts/demo.sh [FOLDER]      FOLDER gets the scene and the results; default: demo/ in the checkout
FOLDER=$(realpath -m -- "${1:-$(dirname -- "${BASH_SOURCE[0]}")/../demo}")
. "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
use_plugin "$ROOT"

RESULTS="$FOLDER/results"
mkdir -p -- "$RESULTS" || fail "$FOLDER cannot be written. Name another folder: bash scripts/demo.sh FOLDER"

say "Making the demo scene in $FOLDER"
qgis_process run chronocover:createdemo -- OUTPUT="$FOLDER" >"$RESULTS/demo.log" 2>&1 || fail "$(tail -n 20 "$RESULTS/demo.log")"

# A model's results are called "step:NAME" in some versions of QGIS and "NAME" in others: ask for their names.
result_names() {
    qgis_process --json help chronocover:cloudyimagesandlabelstomap 2>/dev/null | "$PYTHON" -c '
import json, sys
for name in json.load(sys.stdin)["parameters"]:
    print(name)'
}
NAMES=$(result_names)
destination() { grep -iE "(^|:)$1\$" <<<"$NAMES" | head -n 1; }

say "From cloudy images and labels to a map"
set +e
qgis_process run chronocover:cloudyimagesandlabelstomap -- \
    FOLDER="$FOLDER/images" LABELS="$FOLDER/labels.gpkg" FIELD=crop \
    "$(destination SERIES)=$RESULTS/series.vrt" "$(destination PREPARED)=$RESULTS/prepared.tif" \
    "$(destination SAMPLES)=$RESULTS/samples.gpkg" \
    "$(destination MODEL)=$RESULTS/model.onnx" "$(destination REPORT)=$RESULTS/training.html" \
    "$(destination MAP)=$RESULTS/map.tif" "$(destination CONFIDENCE)=$RESULTS/confidence.tif" \
    2>&1 | tee -a "$RESULTS/demo.log" | grep --line-buffered -iE 'error|accuracy' | sed -u 's/^[.0-9]*Overall/Overall/'
STATUS=${PIPESTATUS[0]}
set -e
[ "$STATUS" -eq 0 ] || fail "The workflow failed. Its whole log is in $RESULTS/demo.log"

say "How right the map is"
"$PYTHON" "$ROOT/scripts/compare_to_truth.py" "$RESULTS/map.tif" "$FOLDER/truth.tif" \
    --labels "$FOLDER/labels.gpkg" --png "$RESULTS/map.png"

say "Done"
cat <<END
The map:               $RESULTS/map.tif
A picture of it:       $RESULTS/map.png
The training report:   $RESULTS/training.html
Everything to open in QGIS: $FOLDER

Validation (the first accuracy above) speaks of pixels like the labelled ones, inside fields and forests. The truth also
counts mixed pixels at edges and places unlike any label: that is why the map as a whole is a little less right.
END
