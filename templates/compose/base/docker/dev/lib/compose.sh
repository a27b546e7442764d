#!/usr/bin/env bash
# What Compose says about this project. It is asked once; all else reads the answer.

PROJECT_LABEL=com.docker.compose.project
SERVICE_LABEL=com.docker.compose.service
# The order in which the services can come up: the order in which people want to read them.
START_ORDER='db redis backend celery frontend proxy'
MODEL='' PROJECT=''

# Sets $PROJECT and $MODEL. Never call it inside $(…): what it learned would be lost.
# Lines of "project NAME", "service NAME", "port SERVICE ADDRESS HOST CONTAINER",
# "volume KEY NAME", separated by tabs, read from the file that Compose has resolved.
load_model() {
  local resolved
  [[ -z $MODEL ]] || return 0
  resolved=$(docker compose config) || fail 'docker-compose.yml and .env do not fit together (see above).' \
    'Compare .env with .env.example; every value without a "#" in front is needed.'
  MODEL=$(printf '%s\n' "$resolved" | awk -v OFS='\t' '
    function value(line) { sub(/^[^:]*: */, "", line); gsub(/"/, "", line); return line }
    function port() { if (target != "" && host != "") print "port", service, ip, host, target
                      ip = host = target = "" }
    /^name: / { print "project", value($0) }
    /^[a-z]/ { port(); section = $1; block = "" }
    section == "services:" && /^  [^ ]/ { port(); service = $1; sub(/:$/, "", service); block = ""; print "service", service }
    section == "services:" && /^    [^ ]/ { port(); block = $1 }
    block == "ports:" && /^      - / { port() }
    block == "ports:" && / host_ip: / { ip = value($0) }
    block == "ports:" && / published: / { host = value($0) }
    block == "ports:" && / target: / { target = value($0) }
    section == "volumes:" && /^  [^ ]/ { volume = $1; sub(/:$/, "", volume) }
    section == "volumes:" && /^    name: / { print "volume", volume, value($0) }
    END { port() }')
  PROJECT=$(printf '%s\n' "$MODEL" | awk -F '\t' '$1 == "project" { print $2 }')
}

# Every active service, in the order of START_ORDER; those it does not know come last.
service_names() {
  printf '%s\n' "$MODEL" | awk -F '\t' -v order="$START_ORDER" '
    $1 == "service" { active[$2] = 1; all[++count] = $2 }
    END {
      known = split(order, wanted, " ")
      for (i = 1; i <= known; i++) if (wanted[i] in active) { print wanted[i]; delete active[wanted[i]] }
      for (i = 1; i <= count; i++) if (all[i] in active) print all[i]
    }'
}

# SERVICE ADDRESS HOST CONTAINER of every published port.
published_ports() {
  printf '%s\n' "$MODEL" | awk -F '\t' -v OFS='\t' '$1 == "port" { print $2, ($3 == "" ? "*" : $3), $4, $5 }'
}

volume_names() { printf '%s\n' "$MODEL" | awk -F '\t' '$1 == "volume" { print $3 }'; }

require_service() {
  load_model
  service_names | grep -qx -- "$1" ||
    wrong_usage "There is no service \"$1\"." "There are: $(service_names | tr '\n' ' ')"
}

# SERVICE STATE STATUS of every container of the project. Ten times as fast as "docker compose ps".
container_states() {
  docker ps -a --filter "label=$PROJECT_LABEL=$PROJECT" --filter label=com.docker.compose.oneoff=False \
    --format "{{.Label \"$SERVICE_LABEL\"}}\t{{.State}}\t{{.Status}}"
}

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

hint_if_stopped() {
  if [[ ! -e .env ]]; then
    hint 'There is no .env yet: ./docker-dev.sh start writes it.'
    return
  fi
  [[ -n $(docker compose ps -q --status running "$1" 2>/dev/null) ]] ||
    hint "$1 is not running: ./docker-dev.sh start starts it."
}
