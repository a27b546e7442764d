#!/usr/bin/env bash
#@ 6 Quality

# What resolves the backend's dependencies; installed for the moment, into a place of its own.
UV=uv==0.13.9

## lock [part]: Lock what requirements/*.in and package.json ask for, then start installs it
cmd_lock() { in_parts lock "$@"; }

# Where a step fails nothing is said to be locked: in_parts looks at what comes back.
# base first: dev is constrained by what it came to. For every system, not only the container's, so that
# an editor on the host can install the same; with the hashes that the Dockerfile demands.
lock_backend() {
  # shellcheck disable=SC2016 # expanded in the container
  in_service_as_owner backend sh -ec '
    export HOME=/tmp UV_CACHE_DIR=/tmp/uv
    python -m venv /tmp/lock
    /tmp/lock/bin/pip install --quiet --disable-pip-version-check "$0"
    cd requirements
    for file in base.in dev.in; do
      /tmp/lock/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras \
        --python-version 3.12 "$file" --output-file "${file%.in}.txt"
    done' "$UV" || return
  good 'backend/requirements/*.txt are locked.'
}

lock_frontend() {
  in_fresh_frontend lock npm install --package-lock-only --ignore-scripts --no-fund --no-audit || return
  good 'frontend/package-lock.json is locked.'
}
