#!/usr/bin/env bash
# What a checkout beside another gets for itself: a name, and host ports. Nothing here asks Docker or git.

# slug_of TEXT: a branch or a folder as a part of names: small letters, digits and "-", 24 at most. What is cut off counts
# by its checksum, so that two long ones stay two.
slug_of() {
  local slug sum
  slug=$(printf '%s' "$1" | LC_ALL=C tr '[:upper:]' '[:lower:]' | LC_ALL=C tr -cs 'a-z0-9' '-')
  slug=${slug#-}
  slug=${slug%-}
  if [[ -z $slug || ${#slug} -gt 24 ]]; then
    sum=$(printf '%s' "$1" | cksum)
    slug=${slug:0:18}
    slug=${slug:+${slug%-}-}${sum:0:5}
  fi
  printf '%s' "$slug"
}

# checkout_name PROJECT SLUG TAKEN: the name of a checkout of PROJECT, and none of TAKEN, one a line. PROJECT itself is the
# main checkout's, PROJECT-prod is production's on this machine.
checkout_name() {
  local project=$1 slug=$2 name number=2
  name=$project-${slug#"$project-"}
  [[ $slug != "$project" ]] || name=$project-2
  slug=$name
  while [[ $name == "$project-prod" || $'\n'$3$'\n' == *$'\n'$name$'\n'* ]]; do
    name=$slug-$number
    number=$((number + 1))
  done
  printf '%s' "$name"
}

# checkout_ports VARIABLES TAKEN: VARIABLE=PORT, one a line, of ports in a row that are neither in TAKEN nor listened on.
# Above what other programs have as their defaults, below what the kernel gives to connections.
checkout_ports() {
  local variables=$1 taken=" ${2//$'\n'/ } " first port variable found
  for ((first = 20000; first < 32000; first += 20)); do
    port=$first found=''
    for variable in $variables; do
      [[ $taken != *" $port "* ]] || continue 2
      ! is_listening '*' "$port" || continue 2
      found+=$variable=$port$'\n'
      port=$((port + 1))
    done
    printf '%s' "$found"
    return
  done
  return 1
}

# The variables of all host ports, the proxy's first: its number is the one that people read.
port_variables() {
  {
    echo PROXY_PORT
    sed -n 's/.*\${\([A-Z0-9_]*_PORT\):-[0-9]*}:[0-9].*/\1/p' docker-compose.yml
    echo DEBUG_PORT
  } | awk '!seen[$0]++'
}

IDENTITY_LOCK=''

# One start chooses at a time, of all checkouts of this user: what one has taken the next one must see. A folder is what
# every system makes in one step (macOS has no flock).
lock_identity() {
  local lock until=$((SECONDS + ${LOCK_WITHIN:-30})) holder
  lock=${LOCK_FOLDER:-/tmp}/docker-dev-$(id -u).lock
  until mkdir "$lock" 2>/dev/null; do
    holder=$(cat "$lock/pid" 2>/dev/null) || holder=''
    if [[ -n $holder ]] && ! kill -0 "$holder" 2>/dev/null; then break_lock "$lock" "$holder"; fi
    ((SECONDS < until)) || fail "Another start chooses its ports (process ${holder:-unknown}), and does not end." "If there is none: rm -r $lock"
    sleep 0.1
  done
  IDENTITY_LOCK=$lock
  CLEANUPS+=(unlock_identity)
  printf '%s' "$$" >"$lock/pid"
}

# Its holder was killed. Of two that see it only one may break it, or the second would break the first one's new lock.
break_lock() {
  mkdir "$1.breaking" 2>/dev/null || return 0
  [[ $(cat "$1/pid" 2>/dev/null) != "$2" ]] || rm -rf "$1"
  rmdir "$1.breaking"
}

unlock_identity() {
  [[ -z $IDENTITY_LOCK ]] || rm -rf "$IDENTITY_LOCK"
  IDENTITY_LOCK=''
}
