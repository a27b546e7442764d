#!/usr/bin/env bash
#@ 9 Help

## help [command]: List all commands, or tell what one does
##   Example: ./docker-dev.sh help restore
cmd_help() {
  if [[ -n ${1:-} ]]; then
    is_command "$1" || unknown_command "$1"
    command_table | awk -F '\t' -v name="$1" '
      $2 == name { print "./docker-dev.sh " $3 "\n  " $4 }'
    command_details "$1" | sed 's/^/  /'
    if takes_any_arguments "$1"; then
      say '  Exit codes: those of the tool itself; 4 a tool is missing, 130 interrupted.'
    else
      say '  Exit codes: 0 done, 1 failure, 2 wrong usage, 4 a tool is missing, 130 interrupted.'
    fi
    return
  fi
  title 'Usage: ./docker-dev.sh COMMAND [arguments]'
  # The pad is counted by hand: awk on macOS and mawk measure "…" in bytes, others in characters.
  command_table | awk -F '\t' -v bold="$BOLD" -v cyan="$CYAN" -v reset="$RESET" '
    function pad(text,   plain) {
      plain = text; gsub(/…/, ".", plain)
      return sprintf("%" (36 - length(plain)) "s", "")
    }
    $1 != group { group = $1; print "\n" bold group reset }
    { print "  " cyan $3 reset pad($3) $4 }'
  [[ -d commands ]] || say $'\nYour own commands go into commands/*.sh; docs/operations.md shows one.'
}
