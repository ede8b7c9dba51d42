#!/bin/bash
# Checks the style and runs the test suite: bash scripts/test.sh [arguments of pytest]
. "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"
install_requirements requirements-dev.txt
install_optional requirements-deep.txt
cd -- "$ROOT"

say "Style"
"$PYTHON" -m ruff check .
"$PYTHON" -m ruff format --check .

say "Tests"
"$PYTHON" -m pytest "$@" </dev/null
