#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
# What a person sees: messages, colours only where there is a terminal, and the ways to end.

no_colour() { BOLD='' DIM='' RED='' GREEN='' YELLOW='' CYAN='' RESET=''; }
no_colour
if [[ -t 1 && -t 2 && -z ${NO_COLOR:-} && ${TERM:-dumb} != dumb ]]; then
  BOLD=$'\033[1m' DIM=$'\033[2m' RED=$'\033[31m' GREEN=$'\033[32m'
  YELLOW=$'\033[33m' CYAN=$'\033[36m' RESET=$'\033[0m'
fi

TICK='ok' CROSS='x' SPINNER=('|' '/' '-' "\\")
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *UTF-8* | *utf8* | *utf-8*) TICK='✓' CROSS='✗' SPINNER=(⠋ ⠙ ⠹ ⠸ ⠼ ⠴ ⠦ ⠧ ⠇ ⠏) ;;
esac

say() { printf '%s\n' "$*"; }
title() { printf '%s%s%s\n' "$BOLD" "$*" "$RESET"; }
good() { printf '%s%s%s %s\n' "$GREEN" "$TICK" "$RESET" "$*"; }
warn() { printf '%s! %s%s\n' "$YELLOW" "$*" "$RESET" >&2; }
LAST_FAULT=''
bad() {
  LAST_FAULT=$*
  printf '%s%s %s%s\n' "$RED" "$CROSS" "$*" "$RESET" >&2
}
hint() { printf '  %s\n' "$*" >&2; }

# What a failure from here on means for the user's data; the last word of a command that fails.
CONSEQUENCE=''

# end_with CODE MESSAGE [ADVICE]: the last thing printed says what to do.
end_with() {
  local code=$1
  bad "$2"
  [[ -z ${3:-} ]] || hint "$3"
  [[ -z $CONSEQUENCE ]] || hint "$CONSEQUENCE"
  exit "$code"
}
fail() { end_with 1 "$@"; }
wrong_usage() { end_with 2 "$@"; }
tool_missing() { end_with 4 "$@"; }

# A live view needs both a terminal to draw on and one that understands cursor movement.
is_live() { [[ -z ${EVENTS_TOLD:-} && -t 1 && ${TERM:-dumb} != dumb ]]; }

TEMPORARY=()
CLEANUPS=()
CLEANUP_FAILED='' # then it was no success, whatever came before

# new_temporary [TEMPLATE]: a private file in $REPLY, gone when the script ends, however it ends.
# Not printed: a $(…) would register it in a subshell, where it is forgotten at once.
new_temporary() {
  REPLY=$(mktemp "${1:-${TMPDIR:-/tmp}/docker-dev.XXXXXX}") || fail 'No temporary file can be made (see above).'
  TEMPORARY+=("$REPLY")
}

# new_temporary_folder PATH: the same for a folder, at a place of its own.
new_temporary_folder() {
  REPLY=$1
  (umask 077 && mkdir "$REPLY") || fail "$REPLY cannot be made (see above)."
  TEMPORARY+=("$REPLY")
}

interrupted() {
  printf '\n' >&2
  [[ ${UP:-} != running ]] || warn 'Interrupted. What has started goes on; ./docker-dev.sh stop ends it.'
  [[ -z $CONSEQUENCE ]] || hint "$CONSEQUENCE"
  exit "$1"
}

end_by_signals() {
  trap 'interrupted 130' INT
  trap 'exec >/dev/null 2>&1; interrupted 129' HUP # its terminal is closed: nothing can be printed there
  trap 'interrupted 143' TERM
}

# to_its_end TEXT FUNCTION ARGUMENTS…: what must not be left half-done. Ctrl-C does not reach it, for it has a process group
# of its own; whatever signal comes meanwhile ends the script behind it, with TEXT, which says what is so then.
to_its_end() {
  local text=$1 signal='' status process note
  shift
  new_temporary
  note=$REPLY
  trap 'signal=130' INT
  trap 'signal=129' HUP
  trap 'signal=143' TERM
  set -m
  (
    trap 'printf %s "$?" >"$note"' EXIT
    "$@"
  ) &
  process=$!
  set +m
  # A signal ends the waiting, and not what is waited for. Bash does not always run the trap then, where two come at
  # once: so neither the trap nor how `wait` ends says that it is over, or how that ended.
  while kill -0 "$process" 2>/dev/null; do wait "$process" || true; done
  end_by_signals
  status=$(<"$note")
  [[ -n $signal ]] || return "${status:-1}"
  [[ $signal != 129 ]] || exec >/dev/null 2>&1
  [[ $status != 0 ]] || CONSEQUENCE=$text
  interrupted "$signal"
}

# To its end, whatever comes: a second Ctrl-C, or the second SIGHUP of a window that is closed. What fails keeps
# nothing else from its turn.
cleanup() {
  local item
  trap '' INT HUP TERM
  for item in ${CLEANUPS[@]+"${CLEANUPS[@]}"}; do "$item" || CLEANUP_FAILED=yes; done
  for item in ${TEMPORARY[@]+"${TEMPORARY[@]}"}; do rm -rf "$item" || CLEANUP_FAILED=yes; done
  [[ -z $CLEANUP_FAILED ]] || exit 1
}

# confirm_name WORD QUESTION FLAG GIVEN: goes on only if exactly WORD is typed, or FLAG=WORD was given.
# Where there is no terminal there is nobody to ask.
confirm_name() {
  local answer=''
  case $4 in
    "$3=$1") return ;;
    "$3="*) wrong_usage "${4#*=} is not the name of this project: that is $1. Nothing was changed." ;;
    '') ;;
    *) wrong_usage "\"$4\" is not understood; meant is perhaps $3=$1. Nothing was changed." ;;
  esac
  [[ -t 0 ]] || wrong_usage "$2 There is no terminal to ask on, so nothing was changed." "If it is meant, add: $3=$1"
  printf '%s\nType %s%s%s to go on: ' "$2" "$BOLD" "$1" "$RESET" >&2
  IFS= read -r answer || true
  [[ $answer == "$1" ]] || fail 'Nothing was changed: the name did not match.'
}
