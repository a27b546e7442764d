#!/usr/bin/env bash
# What a new lock changes, a line for each package.

# show_lock_changes PART BEFORE: BEFORE is a tar of the locks as they were.
show_lock_changes() {
  local before
  new_temporary
  before=$REPLY
  "locked_versions_of_$1" tar -xOf "$2" >"$before" || return
  cooldown
  "locked_versions_of_$1" cat_file | awk -v days="$REPLY" -v part="$1" '
    function is_lower(one, other,   left, right, count, i) {
      count = split(one, left, /[^0-9]+/); split(other, right, /[^0-9]+/)
      for (i = 1; i <= count; i++) if (left[i] + 0 != right[i] + 0) return left[i] + 0 < right[i] + 0
      return 0
    }
    FNR == 1 { file++ }
    file == 1 { old[$1] = $2; next }
    { new[$1] = $2 }
    !($1 in old) { print "  " $1 " " $2 ", new" }
    $1 in old && old[$1] != $2 {
      print "  " $1 " " old[$1] " → " $2
      if (is_lower($2, old[$1])) { lowered = 1 }
    }
    END {
      for (name in old) if (!(name in new)) print "  " name " " old[name] ", gone"
      if (lowered && days > 0) print "  What is lower now was locked within " days " days of its release: COOLDOWN_DAYS=0 ./docker-dev.sh upgrade " part " takes it back."
    }' "$before" -
}

cat_file() { cat "$@"; }

# locked_versions_of_PART READ…: NAME VERSION of each, as READ prints its files.
locked_versions_of_backend() { "$@" backend/requirements/base.txt backend/requirements/dev.txt | sed -n 's/^\([A-Za-z0-9._-]*\)\(\[[^]]*\]\)\{0,1\}==\([^ ;\\]*\).*/\1 \3/p' | sort -u; }

locked_versions_of_frontend() {
  "$@" frontend/package-lock.json | awk -F '"' '
    /^ *"node_modules\// { name = $2; sub(/^node_modules\//, "", name); next }
    /^ *"version":/ && name != "" { print name, $4; name = "" }'
}
