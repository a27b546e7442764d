#!/usr/bin/env bash
# Do the locks hold what requirements/*.in and package.json ask for? Told before a build fails over it.

# Ends the command where they do not, with the one that mends it.
check_locks() {
  local backend frontend part=''
  backend=$(unlocked_backend)
  frontend=$(unlocked_frontend)
  [[ -n $backend$frontend ]] || return 0
  bad 'What is asked for and what is locked differ:'
  printf '%s\n%s\n' "$backend" "$frontend" | sed '/^$/d; s/^/  /' >&2
  [[ -n $frontend ]] || part=' backend'
  [[ -n $backend ]] || part=' frontend'
  hint "Lock it: ./docker-dev.sh lock$part   Then: ./docker-dev.sh start"
  hint 'If it is to be so: ./docker-dev.sh start --as-locked'
  exit 1
}

# Each requirement that the locks lack, or hold at a version that it does not allow. What only dev.txt holds, production
# would not install: base.in asks base.txt alone.
unlocked_backend() {
  [[ -f backend/requirements/base.txt && -f backend/requirements/dev.txt ]] || return 0
  awk "$REQUIREMENT_AWK"'
    # -1, 0 or 1; "5.2" and "5.2.0" are the same.
    function compare(a, b,   i, n, m, x, y) {
      n = split(a, x, "."); m = split(b, y, ".")
      for (i = 1; i <= n || i <= m; i++) if (x[i] + 0 != y[i] + 0) return x[i] + 0 < y[i] + 0 ? -1 : 1
      return 0
    }
    function begins(version, start) { return index(version ".", start ".") == 1 }
    function allows(operator, wanted, version,   order, start) {
      start = wanted
      sub(operator == "~=" ? "[.][^.]*$" : "[.][*]$", "", start)
      if (operator == "==" || operator == "!=")
        return (start == wanted ? compare(version, wanted) == 0 : begins(version, start)) == (operator == "==")
      order = compare(version, wanted)
      if (operator == "~=") return order >= 0 && begins(version, start)
      if (operator == ">=") return order >= 0
      if (operator == "<=") return order <= 0
      if (operator == ">") return order > 0
      return operator != "<" || order < 0
    }
    FILENAME ~ /\.txt$/ {
      if ($0 !~ /^[A-Za-z0-9]/ || !(at = index($0, "=="))) next
      pin = substr($0, 1, at - 1); version = substr($0, at + 2)
      sub(/ *\[.*/, "", pin); sub(/[ ;\\].*/, "", version)
      locked[normal(pin)] = version
      if (FILENAME ~ /base\.txt$/) in_base[normal(pin)] = 1
      next
    }
    is_requirement($0) {
      if (!(name in locked) || (FILENAME ~ /base\.in$/ && !(name in in_base))) { print FILENAME ": " $0 " is not locked"; next }
      parts = split(specifiers, list, ",")
      for (i = 1; i <= parts; i++)
        if (match(list[i], /^[=<>!~]+/) && !allows(substr(list[i], 1, RLENGTH), substr(list[i], RLENGTH + 1), locked[name]))
          print FILENAME ": " $0 " is locked at " locked[name]
    }' backend/requirements/base.txt backend/requirements/dev.txt backend/requirements/base.in backend/requirements/dev.in
}

# What a line of requirements names, without extras and markers; nothing for options, addresses and comments.
# shellcheck disable=SC2016 # awk, not the shell
REQUIREMENT_AWK='
  function normal(text) { text = tolower(text); gsub(/[-_.]+/, "-", text); return text }
  function is_requirement(line) {
    sub(/[ \t]*#.*/, "", line); sub(/;.*/, "", line); gsub(/[ \t\r]|\[[^]]*\]/, "", line)
    if (line !~ /^[A-Za-z0-9]/ || line ~ /@|:\/\//) return 0
    match(line, /^[A-Za-z0-9._-]+/)
    name = normal(substr(line, 1, RLENGTH)); specifiers = substr(line, RLENGTH + 1)
    return 1
  }'

# is_required PACKAGE: does any of requirements/*.in ask for it?
is_required() {
  cat backend/requirements/*.in | awk -v wanted="$1" "$REQUIREMENT_AWK"'
    BEGIN { is_requirement(wanted); wanted = name }
    is_requirement($0) && name == wanted { found = 1 }
    END { exit !found }'
}

# without_requirement PACKAGE FILE
without_requirement() {
  awk -v wanted="$1" "$REQUIREMENT_AWK"'
    BEGIN { is_requirement(wanted); wanted = name }
    !(is_requirement($0) && name == wanted)' "$2"
}

# package.json against what its lock notes of it, as npm writes both.
unlocked_frontend() {
  [[ -f frontend/package.json && -f frontend/package-lock.json ]] || return 0
  awk -F '"' '
    FNR == 1 { file++; root = block = 0 }
    file == 1 && /^ *"": *\{/ { root = 1 }
    file == 1 && /^ *"node_modules\// { root = 0 }
    (file == 2 || root) && /^ *"(dev|optional|peer)?[dD]ependencies": *\{/ { block = $0 !~ /\}/; next }
    /^ *\}/ { block = 0 }
    !block || NF < 5 { next }
    file == 1 { locked[$2] = $4; next }
    { asked[$2] = 1 }
    !($2 in locked) { print "frontend/package.json: " $2 " is not locked"; next }
    locked[$2] != $4 { print "frontend/package.json: " $2 " " $4 " is locked as " locked[$2] }
    END { for (name in locked) if (!(name in asked)) print "frontend/package.json: " name " is locked, and no longer asked for" }
  ' frontend/package-lock.json frontend/package.json
}
