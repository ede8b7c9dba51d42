# Sourced by the scripts beside it: makes a fresh Debian or Ubuntu ready. Safe to run again.
# Gives ROOT (the checkout), PYTHON (of .venv, which knows qgis) and QGIS_PROCESS, and puts .venv/bin first on PATH.
# shellcheck shell=bash
set -euo pipefail

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
SYSTEM_PYTHON=/usr/bin/python3 # the one that knows qgis; another python3 may be first on PATH
PACKAGES=(qgis python3-qgis qgis-providers python3-venv xvfb xauth)
PYTHON="$ROOT/.venv/bin/python"
unset PYTHONHOME # makes QGIS stop

say() { printf '\n== %s\n' "$*"; }
fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# Paths with accents need a UTF-8 locale; Qt reads it from the environment.
[ "$(locale charmap 2>/dev/null)" = UTF-8 ] || export LC_ALL=C.UTF-8
export QT_QPA_PLATFORM=offscreen

find_qgis_process() {
    # Debian 12 has a qgis_process that does not start beside a qgis_process.bin that does; newer versions have only the former.
    QGIS_PROCESS=$(command -v qgis_process.bin || command -v qgis_process || true)
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        if [ -t 0 ] && [ "${CI:-}" != true ]; then sudo "$@"; else sudo -n "$@"; fi
    else
        return 127
    fi
}

install_qgis() {
    find_qgis_process
    if [ -n "$QGIS_PROCESS" ] && "$SYSTEM_PYTHON" -c 'import qgis.core, osgeo.gdal, venv, ensurepip' 2>/dev/null; then
        return
    fi
    command -v apt-get >/dev/null ||
        fail "QGIS 3.22 or newer is needed, with its Python (python3-qgis) and python3-venv. Install them and run this again: there is no apt-get here to do it."
    say "Installing QGIS with apt-get (takes some minutes)"
    as_root apt-get update >/dev/null &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${PACKAGES[@]}" \
            </dev/null >/dev/null ||
        fail "QGIS could not be installed. Run this as root or with sudo, then try again: apt-get install --no-install-recommends ${PACKAGES[*]}"
    find_qgis_process
    [ -n "$QGIS_PROCESS" ] || fail "QGIS was installed but has no qgis_process. QGIS 3.22 or newer is needed."
}

make_venv() {
    if ! "$PYTHON" -c 'import qgis.core, pip' 2>/dev/null; then
        say "Making the virtual environment .venv"
        "$SYSTEM_PYTHON" -m venv --system-site-packages --clear "$ROOT/.venv"
    fi
}

# install_requirements FILE [OPTIONS OF PIP]: only when the file or the Python has changed since the last time.
install_requirements() {
    local stamp="$ROOT/.venv/.installed-$1" state
    state=$("$PYTHON" --version && sha256sum <"$ROOT/$1")
    if [ "$(cat "$stamp" 2>/dev/null)" != "$state" ]; then
        say "Installing the packages of $1"
        (cd -- "$ROOT" && "$PYTHON" -m pip install --quiet --disable-pip-version-check -r "$@") || return
        printf '%s\n' "$state" >"$stamp"
    fi
}

# install_optional FILE: what the tests can do without, skipping what needs it.
install_optional() {
    install_requirements "$1" --retries 1 ||
        say "The packages of $1 could not be installed; tests that need them are skipped"
}

# A folder for what lives as long as the script: a QGIS profile, Qt's runtime folder. Removed at the end, whatever happens.
make_workspace() {
    WORKSPACE=$(mktemp -d)
    trap 'rm -rf -- "$WORKSPACE"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir -m 0700 "$WORKSPACE/runtime"
    export XDG_RUNTIME_DIR="$WORKSPACE/runtime"
}

# use_plugin FOLDER: a throw-away QGIS profile in which that folder is the plugin.
use_plugin() {
    export QGIS_CUSTOM_CONFIG_PATH="$WORKSPACE/profile"
    mkdir -p "$QGIS_CUSTOM_CONFIG_PATH/profiles/default/python/plugins"
    ln -s -- "$1" "$QGIS_CUSTOM_CONFIG_PATH/profiles/default/python/plugins/chronocover"
    qgis_process plugins enable chronocover >"$WORKSPACE/plugin.log" 2>&1 ||
        fail "QGIS cannot load the plugin: $(tail -n 20 "$WORKSPACE/plugin.log")"
}

qgis_process() { "$QGIS_PROCESS" "$@" </dev/null; }

install_qgis
make_venv
install_requirements requirements.txt
make_workspace
export PATH="$ROOT/.venv/bin:$PATH" # so that QGIS finds the packages
