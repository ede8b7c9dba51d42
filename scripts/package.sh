#!/bin/bash
# Makes dist/chronocover.VERSION.zip, the file that plugins.qgis.org and "Install from ZIP" take, and checks it.
. "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
cd -- "$ROOT"

say "Packing"
ZIP=$("$PYTHON" "$ROOT/scripts/make_zip.py")

say "Checking that QGIS loads it"
mkdir "$WORKSPACE/unzipped"
"$PYTHON" -m zipfile -e "$ZIP" "$WORKSPACE/unzipped"
use_plugin "$WORKSPACE/unzipped/chronocover"
qgis_process run chronocover:createdemo -- SIZE=100 DATES=2 OUTPUT="$WORKSPACE/scene" >"$WORKSPACE/log" 2>&1 ||
    fail "The packed plugin does not run: $(tail -n 20 "$WORKSPACE/log")"
FOUND=$(qgis_process list 2>/dev/null | grep -ciE '^[[:space:]]*chronocover:' || true)
EXPECTED=$("$PYTHON" "$ROOT/scripts/make_zip.py" --count)
[ "$FOUND" -eq "$EXPECTED" ] || fail "The packed plugin lists $FOUND of $EXPECTED algorithms and workflows."

say "Done"
echo "$ZIP: $(du -h -- "$ZIP" | cut -f1), $FOUND algorithms and workflows"
