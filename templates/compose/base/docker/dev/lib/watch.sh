#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
# Brings services up and watches them: "docker compose up" is silent while it waits for health
# checks, so it runs in the background and the containers themselves are looked at.

UP_LOG='' UP_PID='' UP='' UP_DONE_AT=''
# One entry for each service, in the same order: Bash 3.2 has no associative arrays.
# RUNNING_AT: when it was first seen to run, for the limit does not count what comes before: pulls, and others' waits.
SERVICES=() STATES=() NOTES=() RUNNING_AT=() READY_AT=() CRASHES=()
# The containers that were there before: Compose may be about to replace them.
EARLIER=''
BEGUN=''
DRAWN=0 TURN=0 PULLS_SHOWN=0
FAILED_SERVICE=''

# bring_up SERVICES UP-ARGUMENTS…: returns 0 once each of SERVICES (a list in one word) is ready.
# On failure $FAILED_SERVICE is whose fault it was, or empty if Compose itself failed.
bring_up() {
  track "$1"
  shift
  BEGUN=$(date -u +%Y-%m-%dT%H:%M:%S)
  EARLIER=$(container_states) || fail 'Docker does not say which containers there are (see above).' './docker-dev.sh doctor'
  end_broken_containers
  new_temporary
  UP_LOG=$REPLY
  CLEANUPS+=(end_watch)
  listen
  docker compose --progress plain up --detach "$@" >"$UP_LOG" 2>&1 </dev/null &
  UP_PID=$!
  hide_cursor
  watch_services
}

# Docker makes a container that keeps crashing wait up to a minute before its next try, and Compose gives up at
# once where one is unhealthy. The fault may be mended by now: both begin afresh, if they are to be started at all.
end_broken_containers() {
  local service state status container
  while IFS=$'\t' read -r service state status container _; do
    is_tracked "$service" || continue
    if [[ $status == *'(unhealthy)' ]] && is_recovering "$container"; then
      await_recovery "$service" "$container"
    elif [[ $state == restarting || $status == *'(unhealthy)' ]]; then
      docker stop "$container" >/dev/null 2>&1 </dev/null || true # Compose says so if it stands in the way
    fi
  done <<<"$EARLIER"
}

is_tracked() {
  local service
  for service in "${SERVICES[@]}"; do [[ $service != "$1" ]] || return 0; done
  return 1
}

# What its probe said last; a database that reads its log after a crash is not to be disturbed.
is_recovering() {
  docker inspect --format '{{range .State.Health.Log}}{{println .Output}}{{end}}' "$1" 2>/dev/null |
    sed '/^$/d' | tail -n 1 | grep -q 'recovering'
}

await_recovery() {
  local limit=$((SECONDS + ${START_TIMEOUT:-180}))
  say "$1 is recovering; waiting for it."
  while is_recovering "$2" && ((SECONDS < limit)); do sleep 1; done
}

track() {
  local service
  SERVICES=() STATES=() NOTES=() RUNNING_AT=() READY_AT=() CRASHES=()
  for service in $1; do
    SERVICES+=("$service") STATES+=(waiting) NOTES+=('') RUNNING_AT+=('') READY_AT+=('') CRASHES+=(0)
  done
  learn_needs
}

watch_services() {
  UP=running
  while :; do
    # Asked before the containers are: what it started is then sure to be seen.
    [[ $UP != running ]] || kill -0 "$UP_PID" 2>/dev/null || end_up
    observe "$(container_states)"
    start_what_can
    is_live || show_pulls
    draw
    if [[ $UP == failed ]]; then
      FAILED_SERVICE=$(blamed_service)
      return 1
    fi
    if all_ready && { [[ $UP == finished ]] || is_starting; }; then
      end_watch # Compose would find nothing left to do
      return 0
    fi
    if find_failure || find_stuck || find_late; then return 1; fi
    await_event
  done
}

end_up() {
  if wait "$UP_PID"; then UP=finished; else UP=failed; fi
  UP_DONE_AT=$SECONDS
}

# Takes in what container_states printed. While Compose replaces a container there are two of a
# service; the newest comes first, and only that one counts.
observe() {
  local i service state status container name seen=' '
  while IFS=$'\t' read -r service state status container name; do
    [[ $seen != *" $service "* ]] || continue
    seen+="$service "
    if is_left_over "$container" "$name"; then state='waiting' status=''; fi
    for ((i = 0; i < ${#SERVICES[@]}; i++)); do
      [[ ${SERVICES[i]} == "$service" ]] || continue
      note_created "$i" "$state" "$container" "$name"
      take_state "$i" "$state" "$status"
    done
  done <<<"$1"
}

# A container from before this start counts only once Compose has said that it is the one to be used.
is_left_over() {
  [[ $UP == running && -n $1 && $EARLIER == *"	$1	"* ]] || return 1
  ! grep -qE "Container $2 +(Running|Starting|Started)" "$UP_LOG"
}

take_state() {
  local i=$1 state=$2
  health_word "$state" "$3"
  state=$REPLY
  case $state in
    created) state=waiting ;;
    exited | dead | removing) [[ $UP != running ]] || state=waiting ;; # last time's container
    restarting) CRASHES[i]=$((CRASHES[i] + 1)) ;;
  esac
  NOTES[i]=''
  [[ $state == waiting || -n ${RUNNING_AT[i]} ]] || RUNNING_AT[i]=$SECONDS
  if [[ $state == restarting || $state == exited ]]; then NOTES[i]=${3%% [0-9]*}; fi
  if [[ $state != "${STATES[i]}" ]]; then
    STATES[i]=$state
    is_ready "$i" && READY_AT[i]=$SECONDS
    is_live || say_change "$i"
  fi
}

# A service without a health check is ready when it runs.
is_ready() { [[ ${STATES[$1]} == healthy || ${STATES[$1]} == running ]]; }

all_ready() { [[ -z $(first_not_ready) ]]; }

first_not_ready() {
  local i
  for ((i = 0; i < ${#SERVICES[@]}; i++)); do
    if ! is_ready "$i"; then
      printf '%s' "${SERVICES[i]}"
      return
    fi
  done
}

# A container that keeps crashing will not mend itself: three looks that find it restarting are
# enough. What is unhealthy counts only after Compose is done: it may be about to be replaced.
find_failure() {
  local i state
  for ((i = 0; i < ${#SERVICES[@]}; i++)); do
    state=${STATES[i]}
    if ((CRASHES[i] >= 3)) || [[ $UP == finished && ($state == exited || $state == dead || $state == unhealthy) ]]; then
      FAILED_SERVICE=${SERVICES[i]}
      return 0
    fi
  done
  return 1
}

# True if a service has run for longer than it may take to become ready, or Compose is done and it never ran.
find_late() {
  local i since limit=${START_TIMEOUT:-180}
  for ((i = 0; i < ${#SERVICES[@]}; i++)); do
    since=${RUNNING_AT[i]:-$UP_DONE_AT}
    if ! is_ready "$i" && [[ -n $since ]] && ((SECONDS - since >= limit)); then
      FAILED_SERVICE=${SERVICES[i]}
      warn "$FAILED_SERVICE was not ready within $limit seconds of its start (START_TIMEOUT sets another limit)."
      return 0
    fi
  done
  return 1
}

# Compose names the container that failed: "dependency failed to start: container app-db is unhealthy".
blamed_service() {
  local name
  name=$(sed -nE 's/.*container ([^ ]*) (is unhealthy|exited|has no healthcheck).*/\1/p' "$UP_LOG" | tail -n 1)
  [[ -z $name ]] || docker inspect --format "{{index .Config.Labels \"$SERVICE_LABEL\"}}" "$name" 2>/dev/null || true
}

# Runs when the watch ends, also by Ctrl-C: no Compose goes on unseen, the cursor is back.
end_watch() {
  if [[ $UP == running ]] && kill "$UP_PID" 2>/dev/null; then
    wait "$UP_PID" 2>/dev/null || true
    UP=ended
  fi
  show_cursor
}
