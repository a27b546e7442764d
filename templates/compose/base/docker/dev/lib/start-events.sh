#!/usr/bin/env bash
# start --json: what happens, an object a line, on standard output; all else goes to standard error.

EVENTS_TOLD='' # not empty while it is on
END_TOLD=''

begin_start_events() {
  exec 5>&1 1>&2
  EVENTS_TOLD=yes
  CLEANUPS+=(tell_end)
}

# tell_event NAME [KEY TEXT]…
tell_event() {
  [[ -n $EVENTS_TOLD ]] || return 0
  printf '%s\n' "$SECONDS" "$@" | awk "$JSON_AWK"'
    NR == 1 { seconds = $0; next }
    NR == 2 { printf "{\"event\":%s,\"seconds\":%d", text($0), seconds; next }
    NR % 2 { key = $0; next }
    { printf ",%s:%s", text(key), text($0) }
    END { print "}" }' >&5
}

# The last event: ready with the addresses, or failed with what was said last. Always one of them, however it ends.
tell_ready() {
  [[ -n $EVENTS_TOLD ]] || return 0
  END_TOLD=yes
  url_list | urls_json | sed "s/^{/{\"event\":\"ready\",\"seconds\":$SECONDS,/" >&5
}

tell_end() { [[ -z $EVENTS_TOLD || -n $END_TOLD ]] || tell_event failed service "$FAILED_SERVICE" message "${LAST_FAULT:-It was interrupted.}"; }
