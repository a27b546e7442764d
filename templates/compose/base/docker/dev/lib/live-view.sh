#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
# Draws the services while they come up: a table that redraws itself on a terminal, one line for
# each change of state elsewhere.

hide_cursor() { ! is_live || printf '\033[?25l'; }
show_cursor() { ! is_live || printf '\033[?25h'; }

# Moves back over the last drawing and paints the present one.
draw() {
  local i
  is_live || return 0
  TURN=$(((TURN + 1) % ${#SPINNER[@]}))
  ((DRAWN == 0)) || printf '\033[%dA' "$DRAWN"
  for ((i = 0; i < ${#SERVICES[@]}; i++)); do draw_service "$i"; done
  draw_progress
  DRAWN=$((${#SERVICES[@]} + 1))
}

draw_service() {
  local i=$1 colour=$DIM mark=${SPINNER[TURN]} seconds=$SECONDS
  case ${STATES[i]} in
    healthy | running) colour=$GREEN mark=$TICK seconds=${READY_AT[i]:-$SECONDS} ;;
    waiting) mark=' ' ;;
    starting) colour=$YELLOW ;;
    *) colour=$RED mark=$CROSS ;;
  esac
  printf '  %s%s %-10s %-10s%s %4ss %s\033[K\n' "$colour" "$mark" "${SERVICES[i]}" "${STATES[i]}" "$RESET" \
    "$seconds" "${NOTES[i]}"
}

# The last thing Compose said, which is all there is to see while images are built.
draw_progress() {
  local line='' width=${COLUMNS:-80}
  if [[ $UP == running ]]; then
    line=$(tail -n 1 "$UP_LOG" | tr -cd '[:print:]')
    line=${line:0:$((width - 4))} # a line that wraps would break the redrawing
  fi
  printf '  %s%s%s\033[K\n' "$DIM" "$line" "$RESET"
}

say_change() {
  printf '%4ss  %-10s %s %s\n' "$SECONDS" "${SERVICES[$1]}" "${STATES[$1]}" "${NOTES[$1]}"
  tell_event service service "${SERVICES[$1]}" state "${STATES[$1]}"
}

# Without a terminal, a line for each image that is fetched.
show_pulls() {
  local line
  while IFS= read -r line; do
    PULLS_SHOWN=$((PULLS_SHOWN + 1))
    printf '%4ss %s\n' "$SECONDS" "$line"
  done < <(grep -E '^ [^ ]+ (Pulling|Pulled) *$' "$UP_LOG" | tail -n +$((PULLS_SHOWN + 1)))
}
