#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
# Builds images so that somebody who waits sees what for. It has no time limit: the first build is as slow
# as the network.

STEPS_SHOWN=0

# build_images SERVICES…: what they run, also where another service builds it. Ends the command where it fails.
build_images() {
  local builders status=0
  builders=$(builders_for "$@")
  [[ -n $builders ]] || return 0
  # On a terminal BuildKit's own view, if there is much to see; else a line for each step that is not cached.
  # shellcheck disable=SC2086 # one name, one argument
  if is_live && lacks_image $builders; then
    docker compose build $builders || fail 'The images could not be built (see above).' 'After mending it: ./docker-dev.sh start'
    return
  fi
  new_temporary
  UP_LOG=$REPLY
  CLEANUPS+=(end_build)
  # shellcheck disable=SC2086
  docker compose --progress plain build $builders >"$UP_LOG" 2>&1 </dev/null &
  UP_PID=$! UP=building
  while kill -0 "$UP_PID" 2>/dev/null; do
    show_steps
    sleep 0.1
  done
  wait "$UP_PID" || status=$?
  UP=''
  show_steps
  [[ $status -eq 0 ]] || {
    explain_failure ''
    exit 1
  }
}

lacks_image() {
  local service
  for service in "$@"; do
    docker image inspect "$(image_of "$service")" >/dev/null 2>&1 || return 0
  done
  return 1
}

# "#12 [backend base 3/7] RUN …" and, if it had nothing to do, "#12 CACHED".
show_steps() {
  local line
  while IFS= read -r line; do
    STEPS_SHOWN=$((STEPS_SHOWN + 1))
    printf '%4ss  %s\n' "$SECONDS" "${line:0:100}"
    tell_event build step "$line"
  done < <(awk -v shown="$STEPS_SHOWN" '
    $2 == "CACHED" { idle[$1] = 1 }
    / FROM / && $2 ~ /^\[/ { idle[$1] = 1 } # there already, unless something of it is fetched
    $2 ~ /^sha256:/ { delete idle[$1] }
    /^#[0-9]+ \[.* [0-9]+\/[0-9]+\]/ && !($1 in text) { step[++count] = $1; text[$1] = substr($0, length($1) + 2) }
    END {
      for (i = 1; i <= count; i++) if (!(step[i] in idle) && ++found > shown) print text[step[i]]
    }' "$UP_LOG")
}

end_build() {
  if [[ $UP == building ]] && kill "$UP_PID" 2>/dev/null; then
    wait "$UP_PID" 2>/dev/null || true
    UP=ended
  fi
}
