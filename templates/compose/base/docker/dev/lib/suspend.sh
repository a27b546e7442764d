#!/usr/bin/env bash
# Suspends healing while somebody works on a service: healthcheck.sh finds a note of until when, in seconds of the
# machine's uptime. It ends by itself, should this script be killed.

SUSPENDED=()

# suspend_healing SERVICE SECONDS
suspend_healing() {
  local container
  container=$(container_of "$1") || container=''
  [[ -n $container ]] || return 0
  # shellcheck disable=SC2016 # expanded in the container
  docker exec "$container" sh -c 'test -d /dev/shm/healthcheck && read -r now rest </proc/uptime &&
    ln -sfn "$((${now%.*} + $1))" /dev/shm/healthcheck/suspended' suspend "$2" </dev/null >/dev/null 2>&1 || return 0
  SUSPENDED+=("$container")
  CLEANUPS+=(resume_healing)
}

resume_healing() {
  local container
  for container in ${SUSPENDED[@]+"${SUSPENDED[@]}"}; do
    docker exec "$container" rm -f /dev/shm/healthcheck/suspended </dev/null >/dev/null 2>&1 || true
  done
  SUSPENDED=()
}
