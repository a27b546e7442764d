#!/usr/bin/env bash
#@ 7 Check and mend

## heal-test [service…]: Freeze services: does each restart itself?
##   Takes up to three probe intervals for each, and ends with a table: exit 1 where one was not healed.
##   Example: ./docker-dev.sh heal-test backend
cmd_heal_test() {
  local service results='' failed=0
  require_docker
  load_model
  for service in "$@"; do require_service "$service"; done
  # shellcheck disable=SC2046 # one name, one argument
  [[ $# -gt 0 ]] || set -- $(service_names)
  for service in "$@"; do
    HEAL_SECONDS='-' HEAL_RESULT=''
    heal_one "$service" || failed=1
    results+="$service"$'\t'"frozen"$'\t'"$HEAL_SECONDS"$'\t'"$HEAL_RESULT"$'\n'
  done
  title "$(printf '%-10s %-8s %8s  %s' SERVICE HARMED SECONDS RESULT)"
  printf '%s' "$results" | awk -F '\t' '{ printf "%-10s %-8s %8s  %s\n", $1, $2, $3, $4 }'
  [[ $failed -eq 0 ]] || fail 'Not every service has healed itself.'
  good 'Every service has healed itself.'
}

# Sets $HEAL_SECONDS and $HEAL_RESULT. Three probes must fail in a row, and each may take its own time; five seconds are
# for the restart. A service is frozen only when it is well.
heal_one() {
  local service=$1 container begun interval allowed frozen
  say "$service …"
  container=$(container_of "$service") || explain_silence_of_docker
  if [[ -z $container ]]; then
    HEAL_RESULT='not tested: it does not run'
  elif ! interval=$(probe_interval "$container"); then
    HEAL_RESULT='not tested: it has no health check'
  elif ! becomes_healthy "$container"; then
    HEAL_RESULT='not tested: it is not healthy'
  elif ! begun=$(started_at "$container") || ! freeze "$container"; then
    HEAL_RESULT='not tested: it could not be frozen'
  else
    allowed=$((3 * interval + 5))
    frozen=$SECONDS
    while [[ $(started_at "$container") == "$begun" ]]; do
      if ((SECONDS - frozen > allowed)); then
        thaw_frozen
        HEAL_RESULT="not healed within $allowed s"
        return 1
      fi
      sleep "${LOOK_EVERY:-0.5}"
    done
    FROZEN=''
    HEAL_SECONDS=$((SECONDS - frozen))
    HEAL_RESULT="restarted, but not healthy again within $HEALTHY_WITHIN s"
    ! becomes_healthy "$container" || HEAL_RESULT="healed ($allowed allowed)"
  fi
  [[ $HEAL_RESULT == healed* ]]
}

# Stops every process but tini (1) and this shell: alive, but without an answer, as when hung.
FROZEN=''

freeze() {
  [[ -n $FROZEN ]] || CLEANUPS+=(thaw_frozen)
  FROZEN=$1
  signal_all "$1" STOP
}

# Also at the end of the script, whatever ends it.
thaw_frozen() {
  [[ -z $FROZEN ]] || signal_all "$FROZEN" CONT >/dev/null 2>&1 || true
  FROZEN=''
}

signal_all() {
  docker exec "$1" sh -c 'for path in /proc/[0-9]*; do
    pid=${path#/proc/}
    [ "$pid" -eq 1 ] || [ "$pid" -eq $$ ] || kill -s "$0" "$pid" 2>/dev/null || true
  done' "$2" </dev/null
}

started_at() { docker inspect --format '{{.State.StartedAt}}' "$1"; }
health_of() { docker inspect --format '{{with .State.Health}}{{.Status}}{{end}}' "$1"; }

# In seconds; fails where there is no health check.
probe_interval() {
  local nanoseconds
  nanoseconds=$(docker inspect --format '{{with .Config.Healthcheck}}{{json .Interval}}{{end}}' "$1") || return 1
  [[ $nanoseconds =~ ^[0-9]+$ ]] && printf '%s' "$((nanoseconds / 1000000000))"
}

HEALTHY_WITHIN=${HEALTHY_WITHIN:-90}

becomes_healthy() {
  local limit=$((SECONDS + HEALTHY_WITHIN))
  until [[ $(health_of "$1") == healthy ]]; do
    ((SECONDS < limit)) || return 1
    sleep "${LOOK_EVERY:-0.5}"
  done
}
