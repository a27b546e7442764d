#!/usr/bin/env bash
# Finds the commands: each is a function cmd_NAME with a line "## usage: text" above it, and lines "##   text" for what
# else its own help tells, in a file of docker/dev/ whose group and its place in the help are named by "#@ 2 Group", or of
# commands/, where both can be left out. The last of a name counts.

# One line each: group, name, usage, text, separated by tabs, in the order of the help.
command_table() {
  awk -v own="Of this project" '
    FNR == 1 { order = 8.5; group = own; doc = "" }
    /^#@ / { order = $2; group = $0; sub(/^#@ [0-9]+ /, "", group) }
    /^##   / { next }
    /^## / { doc = substr($0, 4) }
    /^cmd_[a-z0-9_]+\(\)/ {
      name = $0; sub(/^cmd_/, "", name); sub(/\(.*/, "", name); gsub(/_/, "-", name)
      at = index(doc, ": ")
      if (!at) { doc = name " [arguments…]: (commands/ tells no more)"; at = index(doc, ": ") }
      if (!(name in line)) names[++count] = name
      line[name] = order "\t" group "\t" name "\t" substr(doc, 1, at - 1) "\t" substr(doc, at + 2)
      doc = ""
    }
    END { for (i = 1; i <= count; i++) print line[names[i]] }
  ' "${COMMAND_FILES[@]}" | sort -s -n -k 1,1 | cut -f 2-
}

# What else is told of a command, a line each.
command_details() {
  awk -v name="${1//-/_}" '
    FNR == 1 { details = "" }
    /^##   / { details = details substr($0, 6) "\n"; next }
    /^## / { details = "" }
    $0 ~ "^cmd_" name "[(]" { found = details }
    END { printf "%s", found }' "${COMMAND_FILES[@]}"
}

function_of() { printf 'cmd_%s\n' "${1//-/_}"; }

is_command() {
  [[ $1 =~ ^[a-z][a-z0-9-]*$ ]] && declare -F "$(function_of "$1")" >/dev/null
}

# A command that hands its arguments on, --help among them, says so in its usage.
takes_any_arguments() {
  command_table | awk -F '\t' -v name="$1" '
    $2 == name && index($3, "arguments…") { found = 1 } END { exit !found }'
}

# check_arguments NAME ARGUMENTS…: as many as the usage line says. WORD must be there, [word and word] may, … is any number.
# Of what begins with "-" only what stands there, unless the command looks itself: then its usage has arguments…, option… or
# an ACTION.
check_arguments() {
  local name=$1 usage token least=0 most=0 optional=''
  local tokens=()
  shift
  usage=$(command_table | awk -F '\t' -v name="$name" '$2 == name { print $3 }')
  read -r -a tokens <<<"$usage"
  for token in "${tokens[@]:1}"; do
    most=$((most + 1))
    [[ $token != '['* ]] || optional=yes
    [[ -n $optional ]] || least=$((least + 1))
    [[ $token != *']' ]] || optional=''
    [[ $token != *…* ]] || most=10000
  done
  [[ $usage =~ arguments…|option…|ACTION ]] || for token in "$@"; do
    [[ $token != -[!0-9]* || " ${usage//\[/ }" == *" ${token%%=*}"[]=\ ]* ]] || wrong_usage "$name does not know \"$token\"." "$(cmd_help "$name")"
  done
  [[ $# -ge $least ]] || wrong_usage "$name needs more than that." "$(cmd_help "$name")"
  [[ $# -le $most ]] || wrong_usage "$name does not take so many arguments: ${*:$((most + 1)):1}" "$(cmd_help "$name")"
}

unknown_command() {
  local nearest
  nearest=$(nearest_command "$1")
  if [[ -n $nearest ]]; then
    wrong_usage "There is no command \"$1\"." "Did you mean: ./docker-dev.sh $nearest"
  fi
  wrong_usage "There is no command \"$1\"." "./docker-dev.sh help lists them all."
}

# The command with the fewest edits to what was typed; nothing if none is near.
nearest_command() {
  command_table | awk -F '\t' -v typed="$1" '
    function min(a, b) { return a < b ? a : b }
    function edits(a, b,   i, j, cost, d) {
      for (i = 0; i <= length(a); i++) d[i, 0] = i
      for (j = 0; j <= length(b); j++) d[0, j] = j
      for (i = 1; i <= length(a); i++)
        for (j = 1; j <= length(b); j++) {
          cost = substr(a, i, 1) != substr(b, j, 1)
          d[i, j] = min(min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost)
        }
      return d[length(a), length(b)]
    }
    BEGIN { best = 3 }
    {
      distance = index($2, typed) == 1 && length(typed) > 2 ? 0 : edits(typed, $2)
      if (distance < best && distance < length($2)) { best = distance; name = $2 }
    }
    END { if (name != "") print name }'
}
