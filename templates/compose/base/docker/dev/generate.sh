#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 6 Dependencies

## generate app NAME [model]: Make an app: model, API, admin and page, with their tests, all of it in place
##   From the shapes in docker/dev/shapes/app/, which are yours to change. Needs the stack to run.
##   Where a step fails, the files are as they were.
##   Example: ./docker-dev.sh generate app price-lists
cmd_generate() {
  local app=${2//-/_} feature=${2//_/-} model=${3:-}
  [[ $1 == app ]] || wrong_usage "generate does not know \"$1\"." "$(cmd_help generate)"
  [[ $2 =~ ^[a-z][a-z0-9]*([-_][a-z0-9]+)*$ ]] ||
    wrong_usage "\"$2\" is no name for an app: take small letters, digits and -, such as price-lists."
  GENERATED=("backend/apps/$app" "backend/tests/$app" "frontend/src/features/$feature")
  refuse_existing
  load_model
  await_backend
  render_shapes app "$app" "$model"
  put_in_place "$REPLY" || fail "That could not be put in place (see above)."
  finish_app "$app" "$feature" || fail "The app $app could not be finished (see above)."
  GENERATED=() KEPT='' CONSEQUENCE=''
  good "Made: backend/apps/$app, its tests in backend/tests/$app, and frontend/src/features/$feature"
  if look_at_containers; then
    { url_of Page proxy http "/$feature" && url_of API proxy http "/api/v1/$feature/"; } | url_rows
  else
    warn 'Docker does not say at which address it is (see above).'
  fi
  hint 'All of it is tested: ./docker-dev.sh test'
}

# What is being made; gone again where it is not finished.
GENERATED=()

refuse_existing() {
  local path
  for path in "${GENERATED[@]}"; do
    [[ ! -e $path ]] || wrong_usage "There is $path already: take another name."
  done
}

# render_shapes FOLDER APP MODEL: a folder in $REPLY.
render_shapes() {
  local archive said folder
  new_temporary
  archive=$REPLY
  new_temporary_folder "$archive.d"
  folder=$REPLY
  said=$(in_backend_alone env PYTHONPATH=/app python "/opt/docker/dev/shapes/render.py" "$@" 2>&1 >"$archive") ||
    wrong_usage "$said"
  tar -C "$folder" -xf "$archive" || fail 'What was made could not be read (see above).'
  REPLY=$folder
}

# put_in_place FOLDER: its files, and each line of its lines.txt above the mark that is meant for it.
put_in_place() {
  local folder=$1 file mark line
  local changed=(frontend/src/shared/api/schema.d.ts)
  while IFS='|' read -r file mark line; do changed+=("$file"); done <"$folder/lines.txt"
  keep_inputs "${changed[@]}"
  CLEANUPS+=(remove_generated)
  cp -R "$folder/backend" "$folder/frontend" . || return
  while IFS='|' read -r file mark line; do insert_line "$file" "$mark" "$line" || return; done <"$folder/lines.txt"
}

insert_line() {
  new_temporary
  MARK="generate: $2 " LINE=$3 awk '
    index($0, ENVIRON["MARK"]) { print ENVIRON["LINE"]; found = 1 }
    { print }
    END { exit !found }' "$1" >"$REPLY" || {
    bad "$1 has lost its line \"generate: $2 go above this line\": put it back where they are to go."
    return 1
  }
  cat "$REPLY" >"$1"
}

remove_generated() { [[ ${#GENERATED[@]} -eq 0 ]] || rm -rf "${GENERATED[@]}"; }

# Formatted, because a name has its own length and its own place in the alphabet.
finish_app() {
  local app=$1 feature=$2
  in_backend_as_owner sh -c 'ruff check --no-cache --quiet --fix "$@" && ruff format --no-cache --quiet "$@"' ruff "apps/$app" "tests/$app" || return
  in_fresh_frontend format node_modules/.bin/prettier --write --log-level warn "src/features/$feature" src/features/index.ts || return
  cmd_makemigrations "$app" || return
  await_route "/api/v1/$feature/" || return
  cmd_client || return
  cmd_migrate "$app"
}

# Seconds in which the backend has to be well, and to know a new address.
BACKEND_WITHIN=${BACKEND_WITHIN:-120}

# One that has just been given other code, or has just been started, is well in a moment.
await_backend() {
  local limit=$((SECONDS + BACKEND_WITHIN))
  is_well backend || hint "The backend is not well: it is waited for, $BACKEND_WITHIN seconds at most."
  until is_well backend; do
    { is_running backend && ((SECONDS < limit)); } || fail 'This needs a running backend.' './docker-dev.sh start'
    sleep 0.5
  done
}

# The backend starts anew with what was saved, which takes it a moment.
await_route() {
  local limit=$((SECONDS + BACKEND_WITHIN))
  until [[ $(in_service backend curl -s -o /dev/null -w '%{http_code}' "http://localhost:8000$1") == 401 ]]; do
    if ((SECONDS > limit)); then
      bad "The backend does not know $1 after $BACKEND_WITHIN seconds: ./docker-dev.sh logs backend"
      return 1
    fi
    sleep 0.5
  done
}
