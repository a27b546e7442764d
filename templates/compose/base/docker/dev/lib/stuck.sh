#!/usr/bin/env bash
# Sees code that does not load before the health check does. Django's reloader stays alive with its
# traceback and waits for the file to be saved, so the container neither ends nor becomes healthy,
# and Docker says so only after the start period, more than a minute later.

LAST_LOOK=0 LAST_FAULT=''

# True, with $FAILED_SERVICE set, if a starting service has ended its log with the same fault in two
# looks: one alone might be a moment in a log that goes on.
find_stuck() {
  local i fault
  ((SECONDS - LAST_LOOK >= 2)) || return 1
  LAST_LOOK=$SECONDS
  for ((i = 0; i < ${#SERVICES[@]}; i++)); do
    [[ ${STATES[i]} == starting ]] || continue
    ((SECONDS - RUNNING_AT[i] >= 3)) || continue # most are well by then
    fault=$(loading_fault "${SERVICES[i]}")
    [[ -n $fault ]] || continue
    FAILED_SERVICE=${SERVICES[i]}
    [[ $LAST_FAULT != "$FAILED_SERVICE $fault" ]] || return 0
    LAST_FAULT="$FAILED_SERVICE $fault"
    return 1
  done
  LAST_FAULT=''
  return 1
}

# The last line of its present run, if that is how Python says that it could not load the code.
loading_fault() {
  local container
  container=$(container_of "$1")
  [[ -n $container ]] || return 0
  present_run_of "$container" 2>&1 | tail -n 1 |
    grep -E '^([A-Za-z_]+\.)*(Syntax|Indentation|Tab|Import|ModuleNotFound|Name|Attribute|Type)Error: |ImproperlyConfigured: |develop\.py waits for it\.$' ||
    true
}
