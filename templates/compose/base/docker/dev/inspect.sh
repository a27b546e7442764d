#!/usr/bin/env bash
#@ 2 Look

## logs [option…] [service…]: Last lines of all or some services; -f follows
##   The options are those of "docker compose logs", and two more.
##   --request ID     all that was said of one request, by the X-Request-ID of its answer
##   --match PATTERN  the lines of all services that match, an extended regular expression
##   Example: ./docker-dev.sh logs -f backend
cmd_logs() {
  if [[ ${1:-} == --request ]]; then
    [[ $# -eq 2 && $2 =~ ^[A-Za-z0-9-]+$ ]] || wrong_usage 'Which request? Its id is the X-Request-ID of the answer.' "$(cmd_help logs)"
    docker compose logs --no-color | grep -F -- "$2" || fail "Nothing that is still kept speaks of the request $2."
    return
  fi
  if [[ ${1:-} == --match ]]; then
    [[ $# -eq 2 && -n $2 ]] || wrong_usage 'Match what?' "$(cmd_help logs)"
    docker compose logs --no-color | grep -E -- "$2" || fail "Nothing that is still kept matches $2."
    return
  fi
  docker compose logs --tail 100 "$@" || after_failure "$?"
}

## urls [--json]: Every address of the stack, as it runs
##   A change of a port in .env shows here once a restart has brought it.
##   --json  one JSON document, for programs; exit code 1 also where something of it does not run
##   Example: ./docker-dev.sh urls
cmd_urls() {
  [[ -z ${1:-} || $1 == --json ]] || wrong_usage "urls does not know \"$1\"." "$(cmd_help urls)"
  load_model
  look_at_containers || explain_silence_of_docker
  show_urls "${1:-}"
  if [[ -z ${1:-} ]]; then tell_changed_ports; else url_list | awk -F '\t' '$3 != "true" { away = 1 } END { exit away }'; fi
}

# What .env asks for by now and the containers do not have yet.
tell_changed_ports() {
  local service host container ports
  while IFS=$'\t' read -r service _ host container; do
    ports=,$(container_fact "$service" 8),
    [[ $ports == ',-,' || $ports == *" $host $container,"* ]] || hint "$service gets port $host with: ./docker-dev.sh restart $service"
  done < <(published_ports)
}

## open [path]: Open the application in the browser
##   Prints the address where there is no browser to open.
##   Example: ./docker-dev.sh open /admin/
cmd_open() {
  local url opener path=${1:-/}
  load_model
  look_at_containers || explain_silence_of_docker
  url=$(url_of Application proxy http "/${path#/}" | cut -f 4)
  [[ -n $url ]] || fail 'The proxy publishes no port.' './docker-dev.sh config shows what docker-compose.yml says.'
  say "$url"
  [[ $(container_fact proxy 2) == healthy ]] || warn 'The proxy is not healthy: ./docker-dev.sh start'
  [[ -t 1 ]] || return 0
  for opener in xdg-open open wslview; do
    command -v "$opener" >/dev/null 2>&1 || continue
    "$opener" "$url" >/dev/null 2>&1 </dev/null || warn "$opener could not open it."
    return 0
  done
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

# A table for people, or with --json for programs.
show_urls() {
  if [[ ${1:-} == --json ]]; then url_list | urls_json; else url_list | url_rows; fi
}

url_list() {
  url_of Application proxy http /
  url_of Admin proxy http /admin/
  url_of 'API docs' proxy http /api/v1/docs/
  url_of Health proxy http /api/v1/health/
  url_of 'Frontend, direct' frontend http /
  url_of 'Backend, direct' backend http /api/v1/
  url_of PostgreSQL db postgresql "/$(env_value POSTGRES_DB)"
  url_of Redis redis redis /0
  url_of Mailpit mailpit http /
}

# url_of NAME SERVICE SCHEME PATH: prints NAME SERVICE RUNNING URL. A service that runs has the port that its container
# has, until a restart brings another one; nothing for a service that publishes none.
url_of() {
  local address='' port='' running=true
  if [[ $(container_fact "$2" 2) =~ ^(healthy|failing|unhealthy|starting|running)$ ]]; then
    IFS=' ,' read -r address port _ < <(container_fact "$2" 8) || true
  else
    running=false
    IFS=$'\t' read -r address port < <(published_ports | awk -F '\t' -v s="$2" '$1 == s { print $2 "\t" $3; exit }') || true
  fi
  [[ -n $port ]] || return 0
  case $address in '*' | 0.0.0.0 | :: | 127.*) address=localhost ;; esac
  [[ $2 != db ]] || address=$(env_value POSTGRES_USER)@$address
  [[ $3:$port == http:80 ]] || address=$address:$port
  printf '%s\t%s\t%s\t%s://%s%s\n' "$1" "$2" "$running" "$3" "$address" "$4"
}

url_rows() {
  awk -F '\t' -v cyan="$CYAN" -v dim="$DIM" -v reset="$RESET" '{
    printf "  %-18s %s%s%s%s\n", $1, cyan, $4, reset, $3 == "true" ? "" : dim "  (" $2 " does not run)" reset }'
}

urls_json() {
  awk -F '\t' -v project="$PROJECT" "$JSON_AWK"'
    BEGIN { printf "{\"project\":%s,\"urls\":[", text(project) }
    { printf "%s{\"name\":%s,\"service\":%s,\"running\":%s,\"url\":%s}", (NR > 1 ? "," : ""), text($1), text($2), $3, text($4) }
    END { print "]}" }'
}
