#!/bin/sh
# Runs a service's health probe, and ends the container when the service hangs, so that Docker starts it afresh.
#
#   sh healthcheck.sh [--signal NAME] [--grace SECONDS] [--alive URL] [--spare CODE] PROBE [ARGUMENT...]
#
#   --signal NAME    how this image's main process is asked to end (TERM unless told)
#   --grace SECONDS  how long it may take to end in order (1 unless told), as far as the probes have left time
#   --alive URL      answers without touching any dependency: tells "hung" from "a dependency is down"
#   --spare CODE     exit code of the probe that says "busy, but recovering": unhealthy, never restarted
#
# Docker marks a container unhealthy and leaves it at that; `restart:` acts only when the container ends.
# So the third failure in a row ends it from within: no Docker socket is shared, no watchdog container runs.
#
# HEAL_ON in .env chooses what counts as a failure:
#   hung        no answer (default). A dependency that is down makes a service unhealthy, but starting
#               that service again would mend nothing.
#   unhealthy   every failed check
#   never       nothing: only report
#
# ./docker-dev.sh suspends it for a while (a debugger, a restore) by a note in $STATE.
set -u

# A proxy that Docker's own configuration hands to every container is not for what is in this one, and not every
# wget knows no_proxy.
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY

readonly STATE=/dev/shm/healthcheck       # tmpfs: forgotten whenever the container starts
readonly HISTORY=/var/tmp/health-restarts # container layer: survives the restart, or the limit could not hold
readonly FAILURES=3 RESTARTS=3 WINDOW=600

# Three silent checks and the grace stay within SPARE seconds over the three intervals, and one check within Docker's
# own timeout (8 s).
readonly ANSWER=1 DETAILS=4 SPARE=5

signal=TERM grace=1 alive='' spare=''
while :; do
  case ${1-} in
    --signal) signal=$2 ;;
    --grace) grace=$2 ;;
    --alive) alive=$2 ;;
    --spare) spare=$2 ;;
    *) break ;;
  esac
  shift 2
done

main() {
  reason='the probe failed'
  if in_container; then
    note_unfinished
    check "$@"
    verdict=$?
    running 0
    case $verdict-${HEAL_ON:-hung} in
      0-*) remember_success ;;
      2-hung | 2-unhealthy | 1-unhealthy) count_failure ;;
      *) forget failures ;;
    esac
  else
    check "$@"
    verdict=$?
  fi
  [ "$verdict" -eq 0 ]
}

# 0: healthy. 1: unhealthy, yet it answers. 2: hung. 3: recovering, whatever HEAL_ON says.
check() {
  if frozen; then
    reason='a process is stopped'
    echo "healthcheck: $reason"
    return 2
  fi
  patience=$ANSWER
  if [ -n "$alive" ]; then
    timeout "$ANSWER" curl --fail --silent --show-error --output /dev/null "$alive"
    case $? in
      0) patience=$DETAILS ;;
      # 22: it answers, with an error. 7: nobody listens. Under Django's reloader both mean that the code does
      # not load, which saving the mended file cures at once and a restart would turn into a crash loop.
      7 | 22) return 1 ;;
      *)
        reason="no answer within $ANSWER s"
        return 2
        ;;
    esac
  fi
  timeout "$patience" "$@"
  code=$?
  if [ "$code" -eq 0 ]; then return 0; fi
  if [ "$code" = "$spare" ]; then
    echo 'healthcheck: recovering'
    return 3
  fi
  if [ -n "$alive" ]; then return 1; fi
  return 2
}

# Is any process stopped (state T)? A stopped nginx master would go unnoticed, since its workers still answer.
# One that somebody put aside with Ctrl-Z in `docker exec -it` has a terminal, and does not count; neither does an
# earlier probe, which Docker ends.
frozen() {
  for file in /proc/[0-9]*/stat; do
    { read -r line <"$file"; } 2>/dev/null || continue
    fields=${line##*) } # behind the name, which may hold anything: state, parent, group, session, terminal
    case $fields in T\ *) ;; *) continue ;; esac
    # shellcheck disable=SC2086 # split on purpose
    if (set -- $fields && [ "$5" -eq 0 ]); then return 0; fi
  done
  return 1
}

# On a host this script only probes: `kill -1` there would end every process of the user. Two signs are asked for.
in_container() {
  [ -e /.dockerenv ] || [ -e /run/.containerenv ] || return 1
  read -r name </proc/1/comm || return 1
  case $name in docker-init | tini | catatonit) return 0 ;; *) return 1 ;; esac
}

# What is remembered is the target of a symbolic link: that takes no room, so it works on a /dev/shm that the service
# has filled.
remember() { ln -sfn "$2" "$STATE/$1" 2>/dev/null; }
recall() { readlink "$STATE/$1" 2>/dev/null; }
forget() { if [ -L "$STATE/$1" ]; then rm -f "$STATE/$1"; fi; }

remember_success() {
  if [ ! -d "$STATE" ]; then mkdir "$STATE"; fi # it is there: the service has worked since this start
  forget failures
}

# A probe that was frozen with all the rest never came to its end, but it has failed all the same.
note_unfinished() {
  [ -d "$STATE" ] || return
  ran=0
  if [ -e "$STATE/running" ]; then read -r ran <"$STATE/running"; fi
  if [ "$ran" = 1 ]; then
    failures=$(recall failures)
    remember failures $((${failures:-0} + 1))
  fi
  running 1
}

# Each check notes this twice: so it is written over in place, by the shell itself, which takes neither room nor a process.
running() { { echo "$1" 1<>"$STATE/running"; } 2>/dev/null; }

count_failure() {
  [ -d "$STATE" ] || return # what never worked here is not mended by doing it again
  failures=$(recall failures)
  failures=$((${failures:-0} + 1))
  remember failures "$failures"
  if [ "$failures" -lt "$FAILURES" ] || suspended; then return; fi
  if restart_allowed; then end_container; fi
}

# Seconds since the machine started: a clock that is set cannot step back with it.
uptime() {
  read -r now rest </proc/uptime
  echo "${now%%.*}"
}

# Until when, in seconds of uptime.
suspended() {
  until=$(recall suspended)
  [ -n "$until" ] && [ "$(uptime)" -lt "$until" ]
}

restart_allowed() {
  now=$(uptime) kept='' recent=0
  for time in $(readlink "$HISTORY" | tr , ' '); do
    # Later than now: from before the machine was started anew.
    if [ "$time" -le "$now" ] && [ $((now - time)) -lt "$WINDOW" ]; then kept="$kept$time," recent=$((recent + 1)); fi
  done
  if [ "$recent" -ge "$RESTARTS" ]; then
    if [ "$failures" -eq "$FAILURES" ]; then
      say "$reason, but $recent restarts in $((WINDOW / 60)) minutes did not help: leaving it to you"
    fi
    return 1
  fi
  ln -sfn "$kept$now" "$HISTORY" 2>/dev/null || {
    say "$reason, but $HISTORY cannot be written: not restarting"
    return 1
  }
}

end_container() {
  say "$reason, $failures checks in a row: ending this container so that Docker starts it again"
  left=$SPARE
  case $reason in *stopped*) ;; *) left=$((SPARE - FAILURES * ANSWER)) ;; esac # what three silent probes have taken
  if [ "$grace" -gt $((left - 1)) ]; then grace=$((left - 1)); fi
  kill "-$signal" 1 # init passes it on to the main process
  kill -CONT -1     # a stopped process cannot obey before it runs again
  sleep "$grace"    # ends early: with the main process the container ends, and this with it
  kill -KILL -1     # everything but init, which then ends the container
}

# To the health log (`docker inspect`), and to the container's own.
say() {
  echo "healthcheck: $*"
  { echo "healthcheck: $*" >/proc/1/fd/1; } 2>/dev/null
}

main "$@"
