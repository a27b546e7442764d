#!/usr/bin/env bash
# What the engine tells of this project's containers while they come up. It wakes the watch, and is kept for the timeline.

# TIME ACTION SERVICE of each, separated by tabs.
EVENTS=''
EVENTS_PID='' TICK_PID=''

# One pipe, for a Bash that can wait for one thing only: the engine's events, and ticks, which come without them too.
# Docker writes each part of a template by itself, and a tick between two parts would be lost: hence one printf.
listen() {
  [[ -z $EVENTS_PID ]] || return 0
  new_temporary
  { rm "$REPLY" && mkfifo "$REPLY" && exec 3<>"$REPLY"; } || fail 'No pipe can be made (see above).'
  CLEANUPS+=(end_listening)
  docker events --filter type=container --filter "label=$PROJECT_LABEL=$PROJECT" \
    --filter event=create --filter event=rename --filter event=start --filter event=die --filter event=health_status \
    --format "{{printf \"%d\\t%s\\t%s\\n\" .TimeNano .Action (index .Actor.Attributes \"$SERVICE_LABEL\")}}" >&3 2>/dev/null </dev/null &
  EVENTS_PID=$!
}

# Returns with the fourth tick, and before it as soon as something has happened that changes what is to be done.
await_event() {
  local line ticks=0
  while :; do
    [[ -n $TICK_PID ]] || tick
    IFS= read -r line <&3
    if [[ $line == tick ]]; then
      TICK_PID=''
      draw
      ((++ticks < 4)) || return 0
    elif [[ -n $line ]]; then
      EVENTS+=$line$'\n'
      ! is_of_interest "$line" || return 0
    fi
  done
}

tick() {
  { sleep "${LOOK_EVERY:-0.25}" && printf '\ntick\n'; } >&3 & # seconds; tests look more often
  TICK_PID=$!
}

is_of_interest() {
  case $1 in
    *$'\tcreate\t'* | *$'\trename\t'*) can_begin "${1##*$'\t'}" ;;
    *$'\tstart\t'*) return 1 ;;
  esac
}

# Takes in what is told already. Twice, for the first tick may have been there before it.
finish_events() {
  local line
  for _ in 1 2; do
    [[ -n $TICK_PID ]] || tick
    while IFS= read -r line <&3 && [[ $line != tick ]]; do EVENTS+=$line$'\n'; done
    TICK_PID=''
  done
}

end_listening() {
  [[ -z $EVENTS_PID ]] || kill "$EVENTS_PID" 2>/dev/null || true
  [[ -z $TICK_PID ]] || wait "$TICK_PID" 2>/dev/null || true
  EVENTS_PID='' TICK_PID=''
}
