#!/bin/sh
# Makes .venv with the locked packages and a private .env, from whatever Python or uv this machine has.
# POSIX sh. A second run that finds nothing to do takes a few hundredths of a second.

set -eu
cd "$(dirname "$0")/.."

LOCK=requirements/development.txt
VENV=.venv
STAMP=$VENV/.locked

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# A name on PATH says little: a shim may exist and fail. Only a candidate that runs and is new enough counts.
is_python() {
    [ -x "$1" ] && [ ! -d "$1" ] && "$1" -c 'import sys, sqlite3, ssl
sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 </dev/null
}

candidates() {
    for name in python3.14 python3.13 python3.12 python3 python; do
        printf '%s\n' "$PATH" | tr ':' '\n' | while IFS= read -r folder; do
            if [ -n "$folder" ]; then printf '%s\n' "$folder/$name"; fi
        done
    done
    for folder in \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin \
        "${UV_PYTHON_INSTALL_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/uv/python}"/*/bin \
        "${ASDF_DATA_DIR:-$HOME/.asdf}"/installs/python/*/bin \
        "${MISE_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/mise}"/installs/python/*/bin; do
        if [ -d "$folder" ]; then printf '%s\n' "$folder/python3"; fi
    done
}

find_python() {
    candidates | while IFS= read -r candidate; do
        if is_python "$candidate"; then
            printf '%s\n' "$candidate"
            break
        fi
    done
}

# uv may be a shim that fails, too.
uv_works() {
    [ -z "${MEDIGY_WITHOUT_UV:-}" ] && uv --version >/dev/null 2>&1 </dev/null
}

get_python() {
    uv_works || return 0
    echo "No Python 3.12 or newer is here; asking uv for one." >&2
    uv python install 3.13 >&2 || return 0
    candidate=$(uv python find 3.13 2>/dev/null || true)
    if [ -n "$candidate" ] && is_python "$candidate"; then
        printf '%s\n' "$candidate"
    fi
}

make_venv() {
    python=$(find_python)
    [ -n "$python" ] || python=$(get_python)
    [ -n "$python" ] || fail "Medigy needs Python 3.12 or newer and found none that runs: install one (or uv, which brings its own) and try again."
    echo "Making $VENV with $("$python" --version 2>&1) ($python)."
    rm -rf "$VENV"
    if ! "$python" -m venv "$VENV" >/dev/null 2>&1; then
        # Debian ships venv apart; uv needs nothing of it.
        rm -rf "$VENV"
        uv_works || fail "$python cannot make a virtual environment: install its venv package (on Debian: python3-venv) or uv, and try again."
        uv venv --quiet --no-project --python "$python" "$VENV" || fail "uv could not make $VENV; see above."
    fi
}

install_lock() {
    rm -f "$STAMP"
    echo "Installing the locked packages."
    if uv_works; then
        uv pip install --quiet --python "$VENV/bin/python" --require-hashes -r "$LOCK"
    else
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$LOCK"
    fi || fail "The packages of $LOCK could not be installed; see above. Is the package index within reach?"
    cksum <"$LOCK" >"$STAMP"
}

write_env() {
    echo "Writing .env with a key of its own (it stays on this machine)."
    umask 077
    {
        echo "# This machine's settings; README.md lists them all. Never commit this file."
        echo "SECRET_KEY=$("$VENV/bin/python" -c 'import secrets; print(secrets.token_urlsafe(50))')"
        echo "SITE_URL=http://127.0.0.1:8000"
    } >.env.new
    mv .env.new .env
}

if ! is_python "$VENV/bin/python"; then
    make_venv
fi
if [ ! -f "$STAMP" ] || [ "$(cat "$STAMP")" != "$(cksum <"$LOCK")" ]; then
    install_lock
fi
if [ ! -f .env ]; then
    write_env
fi
