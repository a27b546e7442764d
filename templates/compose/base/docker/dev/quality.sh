#!/usr/bin/env bash
#@ 6 Quality

## check: All of it, as CI should: lint, types, migrations, tests
##   Goes on behind what fails, and names it at the end.
##   Example: ./docker-dev.sh check
cmd_check() {
  local failed='' task
  for task in lint typecheck test; do
    (in_parts "$task") || failed+=" $task"
  done
  title 'check: migrations'
  in_backend python manage.py makemigrations --check --dry-run || failed+=' migrations'
  [[ -z $failed ]] || fail "Not all is well:$failed (see above)."
  good 'All is well.'
}

## test [part] [arguments…]: Run the tests of both parts, or of backend or frontend
##   --json  one JSON document for programs: each failure with file and line
##   Example: ./docker-dev.sh test backend -k health
cmd_test() { in_parts_or_json test "$@"; }

## lint [part] [--changed] [--json]: Find faults and files that are not formatted
##   --changed  only in files that the last commit does not have so, for a look while one works
##   Example: ./docker-dev.sh lint frontend
cmd_lint() {
  local argument rest=()
  for argument in "$@"; do
    if [[ $argument == --changed ]]; then ONLY_CHANGED=yes; else rest+=("$argument"); fi
  done
  [[ -z $ONLY_CHANGED ]] || git rev-parse --verify --quiet HEAD >/dev/null 2>&1 ||
    wrong_usage 'What has changed is known only where there is a commit.' './docker-dev.sh lint'
  in_parts_or_json lint ${rest[@]+"${rest[@]}"}
}

ONLY_CHANGED=''

## format [part]: Format the code, mend what can be mended
##   Example: ./docker-dev.sh format
cmd_format() { in_parts format "$@"; }

## typecheck [part] [--json]: Check the types (mypy, tsc)
##   Example: ./docker-dev.sh typecheck backend
cmd_typecheck() { in_parts_or_json typecheck "$@"; }

## client [--check]: Write the frontend's types of the API anew, from the running backend
##   Example: ./docker-dev.sh client
cmd_client() {
  [[ -z ${1:-} || $1 == --check ]] || wrong_usage "client does not know \"$1\"." "$(cmd_help client)"
  npm_run api "$@"
}

# in_parts TASK [PART] [ARGUMENTS…]: one part with its arguments, or both, the second also when the
# first fails: who mends things wants to see all that is broken.
in_parts() {
  local task=$1 part=${2:-} failed=0
  if [[ $part == backend || $part == frontend ]]; then
    shift 2
    "${task}_$part" "$@"
    return
  fi
  [[ -z $part ]] || wrong_usage "$task does not know \"$part\"." "$(cmd_help "$task")"
  for part in backend frontend; do
    title "$task: $part"
    "${task}_$part" || {
      failed=1
      bad "$task failed: $part (see above)."
    }
  done
  return "$failed"
}

# The run of all tests has to cover everything; a part of them cannot.
test_backend() {
  [[ $# -gt 0 ]] || set -- --cov
  in_backend pytest "$@" || return
  : 2>/dev/null >backend/logs/tests-passed || true # the first page ticks its step off
}
test_frontend() {
  [[ $# -gt 0 ]] || set -- --coverage
  npm_run test "$@"
}

lint_backend() {
  local failed=0 file files=()
  if [[ -n $ONLY_CHANGED ]]; then
    while IFS= read -r file; do files+=("$file"); done < <(changed_files backend '*.py')
    [[ ${#files[@]} -gt 0 ]] || return 0
    in_backend_alone ruff check --force-exclude "${files[@]}" || failed=1
    in_backend_alone ruff format --check --force-exclude "${files[@]}" || failed=1
    return "$failed"
  fi
  in_backend_alone ruff check "$@" . || failed=1
  in_backend_alone ruff format --check . || failed=1
  in_backend_alone lint-imports --no-cache || failed=1
  in_backend_alone env DJANGO_DEBUG=0 python manage.py check --deploy --fail-level WARNING || failed=1
  return "$failed"
}
lint_frontend() {
  local file files=()
  if [[ -n $ONLY_CHANGED ]]; then
    while IFS= read -r file; do files+=("$file"); done < <(changed_files frontend '*.ts' '*.tsx' '*.mjs' '*.css' '*.json' '*.md' '*.html')
    [[ ${#files[@]} -gt 0 ]] || return 0
    # oxlint leaves alone what is no code, and may find nothing else.
    # shellcheck disable=SC2016 # expanded in the container
    in_fresh_frontend lint sh -c 'PATH=$PWD/node_modules/.bin:$PATH; oxlint --deny-warnings --no-error-on-unmatched-pattern "$@" && prettier --check "$@"' lint "${files[@]}"
    return
  fi
  npm_run lint "$@"
}

# changed_files PART PATTERN…: relative to the part.
changed_files() {
  local part=$1
  shift
  {
    git -C "$part" diff --name-only --relative --diff-filter=d HEAD -- "$@"
    git -C "$part" ls-files --others --exclude-standard -- "$@"
  } | sort -u
}

format_backend() {
  local failed=0
  # A cache of root's would be in the way of the next lint, which is not root.
  in_backend_as_owner ruff check --no-cache --fix . || failed=1
  in_backend_as_owner ruff format --no-cache . || failed=1
  return "$failed"
}
format_frontend() { npm_run format "$@"; }

typecheck_backend() { in_backend_alone mypy "$@" .; }
typecheck_frontend() { npm_run typecheck "$@"; }

npm_run() {
  local script=$1
  shift
  in_fresh_frontend "$script" npm run --silent "$script" -- "$@"
}

# in_fresh_frontend TASK COMMAND…: the running frontend sees only src/ and public/; its tests and settings are the
# image's own. A passing container gets the whole folder as it is now, and needs no running stack.
in_fresh_frontend() {
  local task=$1
  local flags=(--rm --no-deps --entrypoint '' --volume "$ROOT/frontend:/app")
  # Where cgroups are of version 1 Node takes the reservation for all the memory there is, too little for tsc.
  flags+=(--env NODE_OPTIONS=--max-old-space-size=1024)
  shift
  [[ -t 0 && -t 1 ]] || flags+=(-T)
  as_owner "$(if [[ $task =~ ^(format|lock|api)$ ]]; then owner; fi)" # as in in_backend_as_owner
  mkdir -p frontend/node_modules || return                            # where the volume goes; made by Docker it would be root's
  docker compose run "${flags[@]}" ${OWNER_FLAGS[@]+"${OWNER_FLAGS[@]}"} frontend "$@"
}
