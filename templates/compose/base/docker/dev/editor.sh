#!/usr/bin/env bash
#@ 6 Dependencies

## editor: Install the packages on this machine too, for an editor to look into
##   Makes backend/.venv (needs Python 3.12 or newer) and frontend/node_modules (needs npm), as locked.
##   The containers have their own and use neither.
##   Example: ./docker-dev.sh editor
cmd_editor() {
  local missing=''
  editor_backend || missing+=' backend/.venv'
  editor_frontend || missing+=' frontend/node_modules'
  [[ -z $missing ]] ||
    fail "Not made:$missing (see above)." 'A devcontainer has all of it: open this folder in one.'
  good 'An editor finds every package now. Interpreter for Python: backend/.venv'
}

editor_backend() {
  local python
  title 'editor: backend'
  python=$(suitable_python) || {
    bad 'There is no Python 3.12 or newer on the PATH.'
    return 1
  }
  # Only what is locked, and all of it: packages of an earlier lock would still be found otherwise.
  (
    cd backend && "$python" -m venv --clear .venv &&
      find requirements -name '*.txt' -exec printf -- '--requirement %s ' {} + |
      xargs "$python" -m pip --python .venv install --quiet --disable-pip-version-check --require-hashes
  )
}

editor_frontend() {
  title 'editor: frontend'
  command -v npm >/dev/null 2>&1 || {
    bad 'There is no npm on the PATH.'
    return 1
  }
  (cd frontend && npm ci --ignore-scripts --no-fund --no-audit)
}

# The first Python on the PATH for which the locked packages are.
suitable_python() {
  local python
  for python in python3 python3.14 python3.13 python3.12 python; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
      printf '%s\n' "$python"
      return
    fi
  done
  return 1
}
