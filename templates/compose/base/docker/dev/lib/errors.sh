#!/usr/bin/env bash
# What errors.awk finds in the logs. They are the engine's, so that nothing need run.

ERRORS_PID=''

list_errors() {
  local logs found=0
  new_temporary
  logs=$REPLY
  docker compose logs --no-color --timestamps --since "$2" >"$logs" 2>&1 || {
    cat "$logs" >&2
    fail 'The logs cannot be read (see above).' './docker-dev.sh doctor'
  }
  find_errors "$1" <"$logs" || found=$?
  [[ $found -ne 0 || $1 != text ]] || good "Nothing went wrong in the last $2."
  return "$found"
}

find_errors() { awk -v project="$PROJECT" -v form="$1" -v bold="$BOLD" -v reset="$RESET" -f "$ROOT/docker/dev/lib/errors.awk"; }

# What comes within a second belongs together; then it is looked at. A stream into awk would wait for some 4 kB.
follow_errors() {
  local line lines='' since=$SECONDS
  new_temporary
  { rm "$REPLY" && mkfifo "$REPLY" && exec 4<>"$REPLY"; } || fail 'No pipe can be made (see above).'
  CLEANUPS+=(end_following)
  docker compose logs --no-color --timestamps --follow --since "$2" >&4 2>/dev/null </dev/null &
  ERRORS_PID=$!
  while :; do
    if IFS= read -r -t 1 line <&4; then
      lines+=$line$'\n'
      ((SECONDS - since >= 2)) || continue
    fi
    [[ -z $lines ]] || printf '%s' "$lines" | find_errors "$1" || true
    lines='' since=$SECONDS
    kill -0 "$ERRORS_PID" 2>/dev/null || fail 'Docker has ended the logs.' './docker-dev.sh status'
  done
}

end_following() { [[ -z $ERRORS_PID ]] || kill "$ERRORS_PID" 2>/dev/null || true; }
