#!/usr/bin/env bash
# What Compose says about this project. It is asked once; all else reads the answer.

PROJECT_LABEL=com.docker.compose.project
SERVICE_LABEL=com.docker.compose.service
MODEL='' PROJECT=''

# Sets $PROJECT and $MODEL, which lib/model.sh reads. Never call it inside $(…): what it learned would be lost.
load_model() {
  [[ -z $MODEL ]] || return 0
  MODEL=$(resolve_model) || explain_refusal
  PROJECT=$(model_of project)
}

# The same for the services that no profile turns on, too: their containers may run all the same.
load_whole_model() {
  MODEL=$(resolve_model --profile '*') || explain_refusal
  PROJECT=$(model_of project)
}

# After load_whole_model, so that only what is active is started.
forget_model() { MODEL=''; }

# Compose has said what it does not like, or there is no Compose.
explain_refusal() {
  require_client
  require_compose
  [[ -e .env ]] || fail 'There is no .env yet.' './docker-dev.sh start writes it.'
  fail 'docker-compose.yml and .env do not fit together (see above).' \
    'Compare .env with .env.example; every value without a "#" in front is needed.'
}

# SERVICE STATE STATUS ID NAME of every container of the project. Ten times as fast as "docker compose ps".
container_states() {
  docker ps -a --filter "label=$PROJECT_LABEL=$PROJECT" --filter label=com.docker.compose.oneoff=False \
    --format "{{.Label \"$SERVICE_LABEL\"}}\t{{.State}}\t{{.Status}}\t{{.ID}}\t{{.Names}}"
}

# The newest container of a service; nothing where there is none.
container_of() {
  docker ps -aq --filter "label=$PROJECT_LABEL=$PROJECT" --filter "label=$SERVICE_LABEL=$1" \
    --filter label=com.docker.compose.oneoff=False | head -n 1
}

# in_service SERVICE COMMAND…: runs it in the running container and ends as it ends.
in_service() { run_in_service '' "$@"; }

# The same for a command that writes the source. Where the caller is root the container's own user
# cannot write there, and the files must be root's like their neighbours.
in_service_as_owner() {
  local user=''
  [[ $(id -u) -ne 0 ]] || user=0:0
  run_in_service "$user" "$@"
}

run_in_service() {
  local user=$1 service=$2 status=0
  local flags=(exec)
  shift 2
  [[ -t 0 && -t 1 ]] || flags+=(-T)
  [[ -z $user ]] || flags+=(--user "$user")
  docker compose "${flags[@]}" "$service" "$@" || status=$?
  [[ $status -eq 0 ]] || hint_if_stopped "$service"
  return "$status"
}

# After a failure: was it the tool in the container, or is there no container to run it in?
hint_if_stopped() {
  require_docker
  if [[ ! -e .env ]]; then
    hint 'There is no .env yet: ./docker-dev.sh start writes it.'
    return
  fi
  [[ -n $(docker compose ps -q --status running "$1" 2>/dev/null) ]] ||
    hint "$1 is not running: ./docker-dev.sh start starts it."
}
