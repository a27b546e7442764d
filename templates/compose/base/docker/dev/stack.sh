#!/usr/bin/env bash
#@ 1 Stack

## start [service…]: Build what changed, start, wait until healthy
cmd_start() {
  prepare
  launch "$*" "$@"
}

## stop [service…]: Stop the containers; nothing is removed
cmd_stop() {
  load_model
  refuse_foreign_project
  docker compose --profile '*' stop "$@"
}

## down: Remove the containers; the data stays
cmd_down() {
  load_model
  refuse_foreign_project
  docker compose --profile '*' down
}

## restart [service…]: Make containers anew: changes in .env count
cmd_restart() {
  prepare
  if [[ $# -gt 0 ]]; then
    launch "$*" --force-recreate --no-deps "$@"
  else
    launch '' --force-recreate
  fi
}

## build [arguments…]: Build the images (docker compose build)
cmd_build() {
  prepare_files
  docker compose build "$@"
}

## rebuild [service…]: Build without the cache, then restart
cmd_rebuild() {
  prepare
  docker compose build --no-cache "$@"
  cmd_restart "$@"
}

# All that can be known to go wrong is looked at before anything is started.
prepare() {
  prepare_files
  refuse_foreign_project
  check_ports
}

prepare_files() {
  require_docker
  ensure_env
  hand_over_folders
  load_model
}

# launch SERVICES UP-ARGUMENTS…: SERVICES empty means all of them.
launch() {
  local services=$1
  shift
  [[ -n $services ]] || services=$(service_names)
  if ! bring_up "$services" "$@"; then
    end_watch
    explain_failure "$FAILED_SERVICE"
    exit 1
  fi
  good "Ready in $SECONDS seconds."
  show_urls
}

# Two checkouts under one project name would replace each other's containers.
refuse_foreign_project() {
  local folder
  folder=$(docker ps -a --filter "label=$PROJECT_LABEL=$PROJECT" --format "{{.Label \"$PROJECT_LABEL.working_dir\"}}" |
    head -n 1)
  [[ -z $folder || ! -d $folder || $(cd -P "$folder" && pwd) == "$ROOT" ]] ||
    fail "The project \"$PROJECT\" runs already from $folder." \
      'Stop it there, or set another COMPOSE_PROJECT_NAME (and other ports) in .env here.'
}
