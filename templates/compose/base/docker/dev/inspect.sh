#!/usr/bin/env bash
#@ 2 Look

## status [--usage|--json]: State, restarts and ports of each service
##   --usage  adds CPU and memory
##   --json   one JSON document, for programs
##   Example: ./docker-dev.sh status --json
cmd_status() {
  local snapshot
  case ${1:-} in
    '' | --usage | --json) ;;
    *) wrong_usage "status does not know \"$1\"." "$(cmd_help status)" ;;
  esac
  load_model
  snapshot=$(service_snapshot) || explain_silence_of_docker
  if [[ ${1:-} == --json ]]; then
    printf '%s\n' "$snapshot" | status_json
    return
  fi
  printf '%s%-10s %-11s %-16s %-9s %s%s\n' "$BOLD" SERVICE STATE SINCE RESTARTS 'HOST PORTS' "$RESET"
  printf '%s\n' "$snapshot" | status_rows
  [[ ${1:-} != --usage ]] || show_usage
}

## logs [arguments…]: Last lines of all or some services; -f follows
##   The arguments are those of "docker compose logs".
##   --request ID  all that was said of one request, by the X-Request-ID of its answer
##   Example: ./docker-dev.sh logs -f backend
cmd_logs() {
  if [[ ${1:-} == --request ]]; then
    [[ ${2:-} =~ ^[A-Za-z0-9-]+$ ]] || wrong_usage 'Which request? Its id is the X-Request-ID of the answer.' "$(cmd_help logs)"
    docker compose logs --no-color | grep -F -- "$2" || fail "Nothing that is still kept speaks of the request $2."
    return
  fi
  docker compose logs --tail 100 "$@" || after_failure "$?"
}

## urls: Every address of the stack
##   Example: ./docker-dev.sh urls
cmd_urls() {
  load_model
  show_urls
}

## config [--secrets]: The compose file as Docker reads it
##   Secrets are hidden, unless --secrets is given.
##   Example: ./docker-dev.sh config
cmd_config() {
  case ${1:-} in
    '') docker compose config | hide_secrets || explain_refusal ;;
    --secrets) docker compose config || explain_refusal ;;
    *) wrong_usage "config does not know \"$1\"." "$(cmd_help config)" ;;
  esac
}

# SERVICE STATE STATUS RESTARTS PORTS of every service of the model, also where there is no container: one look for all
# that tells of the stack.
service_snapshot() {
  local states restarts='' containers service line state status container health
  states=$(container_states) || return 1
  containers=$(printf '%s\n' "$states" | cut -f 4)
  # shellcheck disable=SC2086 # one id, one argument
  [[ -z $containers ]] || restarts=$(docker inspect --format '{{.Id}} {{.RestartCount}}' $containers) || return 1
  for service in $(service_names); do
    line=$(printf '%s\n' "$states" | awk -F '\t' -v service="$service" '$1 == service { print; exit }')
    IFS=$'\t' read -r _ state status container _ <<<"$line" || true
    case "${state:-absent} ${status:-}" in
      running*'(healthy)') health=healthy ;;
      running*'(unhealthy)') health=unhealthy ;;
      running*'(health: starting)') health=starting ;;
      *) health=${state:-absent} ;;
    esac
    printf '%s\t%s\t%s\t%s\t%s\n' "$service" "$health" \
      "$(printf '%s' "${status:--}" | sed 's/^Up //; s/ (h.*//; s/ (unh.*//')" \
      "$(printf '%s\n' "$restarts" | awk -v id="${container:-none}" 'index($1, id) == 1 { print $2; found = 1 } END { if (!found) print 0 }')" \
      "$(ports_of "$service")"
  done
}

status_rows() {
  local service state since restarts ports colour
  while IFS=$'\t' read -r service state since restarts ports; do
    case $state in
      healthy | running) colour=$GREEN ;;
      unhealthy | exited | dead | restarting) colour=$RED ;;
      absent) colour=$DIM ;;
      *) colour=$YELLOW ;;
    esac
    printf '%-10s %s%-11s%s %-16s %-9s %s\n' "$service" "$colour" "$state" "$RESET" "$since" "$restarts" "${ports//,/, }"
  done
}

# ports: { "container's": "host's" }
status_json() {
  awk -F '\t' -v project="$PROJECT" '
    function text(value) { gsub(/[\\"]/, "\\\\&", value); return "\"" value "\"" }
    BEGIN { printf "{\"project\":%s,\"services\":[", text(project) }
    {
      printf "%s{\"service\":%s,\"state\":%s,\"since\":%s,\"restarts\":%d,\"ports\":{", sep, text($1), text($2), text($3), $4
      count = split($5, ports, ",")
      for (i = 1; i <= count; i++) { split(ports[i], pair, " → "); printf "%s%s:%d", (i > 1 ? "," : ""), text(pair[2]), pair[1] }
      printf "}}"; sep = ","
    }
    END { print "]}" }'
}

ports_of() { published_ports | awk -F '\t' -v service="$1" '$1 == service { printf "%s%s → %s", sep, $3, $4; sep = "," }'; }

show_usage() {
  local containers
  containers=$(docker ps -q --filter "label=$PROJECT_LABEL=$PROJECT")
  [[ -n $containers ]] || return 0
  # shellcheck disable=SC2086 # one id, one argument
  docker stats --no-stream --format 'table {{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}' $containers
}

show_urls() {
  url_row Application proxy http /
  url_row Admin proxy http /admin/
  url_row 'API docs' proxy http /api/v1/docs/
  url_row Health proxy http /api/v1/health/
  url_row 'Frontend, direct' frontend http /
  url_row 'Backend, direct' backend http /api/v1/
  url_row PostgreSQL db postgresql "/$(env_value POSTGRES_DB)"
  url_row Redis redis redis /0
}

# url_row LABEL SERVICE SCHEME PATH: nothing for a service that publishes no port.
url_row() {
  local address port
  IFS=$'\t' read -r address port < <(published_ports | awk -F '\t' -v s="$2" '$1 == s { print $2 "\t" $3; exit }') ||
    return 0
  case $address in '*' | 0.0.0.0 | :: | 127.*) address=localhost ;; esac
  [[ $2 != db ]] || address=$(env_value POSTGRES_USER)@$address
  [[ $3:$port == http:80 ]] || address=$address:$port
  printf '  %-18s %s%s://%s%s%s\n' "$1" "$CYAN" "$3" "$address" "$4" "$RESET"
}
