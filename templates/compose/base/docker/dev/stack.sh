#!/usr/bin/env bash
#@ 1 Stack

AS_LOCKED=''

## start [option…] [service…]: Build what changed, start, wait until healthy
##   Writes .env on a fresh clone. Looks first at all that can be known to go wrong: ports, locks, whose volume it is.
##   --with NAME  an optional service too, from now on: its profile goes into .env
##   --fix-ports  takes free ports where the wanted ones are taken, and writes them into .env
##   --as-locked  goes on with what is locked, whatever is asked for
##   --json       tells programs what happens, a JSON object a line
##   --timeline   tells at the end when each service was created, started and healthy
##   Example: ./docker-dev.sh start frontend
cmd_start() {
  local ports='' timeline='' service wanted=() named=()
  while [[ $# -gt 0 ]]; do
    case $1 in
      --with)
        wanted+=("${2:-}")
        [[ $# -eq 1 ]] || shift
        ;;
      --fix-ports) ports=fix ;;
      --timeline) timeline=yes ;;
      --json) begin_start_events ;;
      --as-locked) AS_LOCKED=yes ;;
      -*) wrong_usage "start does not know \"$1\"." "$(cmd_help start)" ;;
      *) named+=("$1") ;;
    esac
    shift
  done
  [[ -z $timeline ]] || begin_timeline
  [[ ${#wanted[@]} -eq 0 ]] || turn_on "${wanted[@]}"
  set -- ${named[@]+"${named[@]}"}
  [[ $# -eq 0 ]] || for service in $TURNED_ON; do
    [[ " $* " == *" $service "* ]] || set -- "$@" "$service"
  done
  prepare "$ports"
  require_services "$@"
  launch "$*" "$@"
  [[ -z $timeline ]] || show_timeline
}

## stop [service…]: Stop the containers; nothing is removed
##   Example: ./docker-dev.sh stop frontend
cmd_stop() {
  load_whole_model
  refuse_foreign_project
  require_services "$@"
  docker compose --profile '*' stop "$@" || fail 'Not all could be stopped (see above).'
}

## down: Remove the containers; the data stays
##   Example: ./docker-dev.sh down
cmd_down() {
  load_model
  refuse_foreign_project
  docker compose --profile '*' down || fail 'Not all could be removed (see above).'
}

## restart [service…]: Make containers anew: changes in .env count
##   Example: ./docker-dev.sh restart backend
cmd_restart() {
  prepare
  require_services "$@"
  if [[ $# -gt 0 ]]; then
    launch "$*" --force-recreate --no-deps "$@"
  else
    launch '' --force-recreate
  fi
}

## build [arguments…]: Build the images (docker compose build)
##   Example: ./docker-dev.sh build --pull
cmd_build() {
  prepare_files
  docker compose build "$@" || fail 'The images could not be built (see above).'
}

## rebuild [service…]: Build without the cache, then restart
##   What ran goes on if the build fails.
##   Example: ./docker-dev.sh rebuild backend
cmd_rebuild() {
  local builders service
  prepare
  require_services "$@"
  # shellcheck disable=SC2046 # one name, one argument
  builders=$([[ $# -gt 0 ]] || set -- $(service_names) && builders_for "$@")
  [[ -n $builders ]] || wrong_usage "Nothing is built for: $*." "There are: $(model_of builds | tr '\n' ' ')"
  # shellcheck disable=SC2086
  docker compose build --no-cache $builders || fail 'The images could not be built (see above); what ran goes on.'
  # Whatever runs in one of them, not only what was named.
  # shellcheck disable=SC2046 # one name, one argument
  [[ $# -eq 0 ]] || set -- $({
    printf '%s\n' "$@"
    for service in $builders; do users_of "$service"; done
  } | sort -u)
  cmd_restart "$@"
}

# All that can be known to go wrong is looked at before anything is started.
prepare() {
  prepare_files
  [[ -n $AS_LOCKED ]] || check_locks
  refuse_foreign_project
  check_database_volume
  check_ports "${1:-}"
}

prepare_files() {
  require_docker
  ensure_env
  hand_over_folders
  load_model
}

require_services() {
  local service
  for service in "$@"; do require_service "$service"; done
}

# launch SERVICES UP-ARGUMENTS…: SERVICES empty means all of them.
launch() {
  local services=$1
  shift
  [[ -n $services ]] || services=$(service_names)
  # shellcheck disable=SC2086 # one name, one argument
  [[ " $* " == *' --no-deps '* ]] || services=$(with_needs $services)
  # shellcheck disable=SC2086
  build_images $services
  # shellcheck disable=SC2086
  if printf '%s\n' $services | grep -qx frontend; then stop_without_packages; fi
  if ! bring_up "$services" "$@"; then
    end_watch
    explain_failure "$FAILED_SERVICE"
    exit 1
  fi
  look_at_containers || explain_silence_of_docker
  await_proxy
  good "Ready in $SECONDS seconds."
  note_database_volume
  show_urls
  tell_ready
  tell_migrations
}

# Two checkouts under one project name would replace each other's containers.
refuse_foreign_project() {
  local folder
  folder=$(docker ps -a --filter "label=$PROJECT_LABEL=$PROJECT" --format "{{.Label \"$PROJECT_LABEL.working_dir\"}}" |
    head -n 1) || fail 'Docker does not say which projects run (see above).' './docker-dev.sh doctor'
  [[ -z $folder || ! -d $folder || $(cd -P "$folder" && pwd) == "$ROOT" ]] ||
    fail "The project \"$PROJECT\" runs already from $folder." \
      "Give this one a name of its own in .env: COMPOSE_PROJECT_NAME=$(free_project_name). Then: ./docker-dev.sh start --fix-ports"
  refuse_foreign_data
}
