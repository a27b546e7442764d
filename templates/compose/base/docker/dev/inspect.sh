#!/usr/bin/env bash
#@ 2 Look

## status [--usage]: State and ports; --usage adds CPU and memory
cmd_status() {
  local states
  case ${1:-} in
    '' | --usage) ;;
    *) wrong_usage "status does not know \"$1\"." "$(cmd_help status)" ;;
  esac
  load_model
  states=$(container_states) || explain_silence_of_docker
  printf '%s%-10s %-11s %-16s %s%s\n' "$BOLD" SERVICE STATE SINCE 'HOST PORTS' "$RESET"
  status_rows "$states"
  [[ ${1:-} != --usage ]] || show_usage
}

## logs [arguments…]: Last lines of all or some services; -f follows
cmd_logs() { docker compose logs --tail 100 "$@" || explain_silence_of_docker; }

## urls: Every address of the stack
cmd_urls() {
  load_model
  show_urls
}

## config [--secrets]: The compose file as Docker reads it
cmd_config() {
  case ${1:-} in
    '') docker compose config | hide_secrets || explain_refusal ;;
    --secrets) docker compose config || explain_refusal ;;
    *) wrong_usage "config does not know \"$1\"." "$(cmd_help config)" ;;
  esac
}

# status_rows STATES: a row for each service of the model, also where there is no container.
status_rows() {
  local service state status colour
  for service in $(service_names); do
    IFS=$'\t' read -r state status _ < <(printf '%s\n' "$1" | sed -n "s/^$service	//p" | head -n 1) || true
    state=${state:-absent} colour=$YELLOW
    case "$state ${status:-}" in
      *'(healthy)') state=healthy colour=$GREEN ;;
      *'(unhealthy)') state=unhealthy colour=$RED ;;
      *'(health: starting)') state=starting ;;
      running*) colour=$GREEN ;;
      absent*) colour=$DIM ;;
      exited* | dead* | restarting*) colour=$RED ;;
    esac
    printf '%-10s %s%-11s%s %-16s %s\n' "$service" "$colour" "$state" "$RESET" \
      "$(printf '%s' "${status:--}" | sed 's/^Up //; s/ (h.*//; s/ (unh.*//')" "$(ports_of "$service")"
  done
}

ports_of() { published_ports | awk -F '\t' -v service="$1" '$1 == service { printf "%s%s → %s", sep, $3, $4; sep = ", " }'; }

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
