#!/usr/bin/env bash
#@ 7 Check and mend

## heal-test [service…]: Freeze services: does each restart itself?
##   Takes up to three probe intervals for each.
##   Example: ./docker-dev.sh heal-test backend
cmd_heal_test() {
  local service failed=0
  require_docker
  load_model
  # shellcheck disable=SC2046 # one name, one argument
  [[ $# -gt 0 ]] || set -- $(service_names)
  for service in "$@"; do
    require_service "$service"
    heal_one "$service" || failed=1
  done
  return "$failed"
}

# Three probes must fail in a row, and each may take its own time; five seconds are for the restart.
heal_one() {
  local service=$1 container allowed begun waited=0
  container=$(container_of "$service")
  [[ -n $container ]] || fail "$service is not running, so it cannot be tested." './docker-dev.sh start'
  await_health "$container" "$service is not healthy, so it cannot be tested. ./docker-dev.sh start may tell why."
  begun=$(started_at "$container") && [[ -n $begun ]] || fail "$service cannot be looked at (see above)."
  allowed=$(probe_interval "$container") || fail "$service has no health check."
  allowed=$((3 * allowed + 5))
  freeze "$container" || fail "$service could not be frozen (see above)."
  waited=$SECONDS
  while [[ $(started_at "$container") == "$begun" ]]; do
    if ((SECONDS - waited > allowed)); then
      thaw "$container"
      bad "$service was not restarted within $allowed seconds."
      return 1
    fi
    sleep 0.5
  done
  good "$service was restarted after $((SECONDS - waited)) seconds ($allowed allowed)."
  await_health "$container" "$service restarted, but did not become healthy within 90 seconds."
}

# Stops every process but tini (1) and this shell: alive, but without an answer, as when hung.
freeze() { signal_all "$1" STOP; }
thaw() { signal_all "$1" CONT; }

signal_all() {
  docker exec "$1" sh -c 'for path in /proc/[0-9]*; do
    pid=${path#/proc/}
    [ "$pid" -eq 1 ] || [ "$pid" -eq $$ ] || kill -s "$0" "$pid" 2>/dev/null || true
  done' "$2"
}

started_at() { docker inspect --format '{{.State.StartedAt}}' "$1"; }
health_of() { docker inspect --format '{{with .State.Health}}{{.Status}}{{end}}' "$1"; }
probe_interval() {
  docker inspect --format '{{json .Config.Healthcheck.Interval}}' "$1" | sed 's/000000000$//'
}

# await_health CONTAINER ELSE: a service is frozen only when it is well, and so is what it needs.
await_health() {
  local limit=$((SECONDS + 90))
  until [[ $(health_of "$1") == healthy ]]; do
    ((SECONDS < limit)) || fail "$2"
    sleep 0.5
  done
}
