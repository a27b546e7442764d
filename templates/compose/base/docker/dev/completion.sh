#!/usr/bin/env bash
#@ 9 Help

## completion bash|zsh|fish: Print what completes the commands in your shell
##   Example: echo 'source <(./docker-dev.sh completion bash)' >>~/.bashrc
cmd_completion() {
  case $1 in
    bash) complete_in_bash ;;
    zsh) printf 'autoload -U +X bashcompinit && bashcompinit\n' && complete_in_bash ;;
    fish) complete_in_fish ;;
    *) wrong_usage "completion does not know \"$1\"." "$(cmd_help completion)" ;;
  esac
}

# A name of a command first; behind it services, parts or files, as its usage says.
complete_in_bash() {
  cat <<COMPLETION
_docker_dev() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=''
  if [ "\$COMP_CWORD" -eq 1 ]; then
    words='$(command_names | tr '\n' ' ')'
  elif [ "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD - 1]}" = 'start --with' ]; then
    words='$(optional_services_of_file)'
  else
    case \${COMP_WORDS[1]} in
      $(commands_with '[service' | paste -sd '|' -)) words='$(services_of_file | tr '\n' ' ')' ;;
      $(commands_with '[part]|PART' | paste -sd '|' -)) words='backend frontend' ;;
      help) words='$(command_names | tr '\n' ' ')' ;;
      snapshot) words='save restore list remove' ;;
      worktree) words='add list remove' ;;
      backup | restore | import) COMPREPLY=(\$(compgen -f -- "\$word")) && return ;;
    esac
  fi
  COMPREPLY=(\$(compgen -W "\$words" -- "\$word"))
}
complete -F _docker_dev docker-dev.sh ./docker-dev.sh
COMPLETION
}

complete_in_fish() {
  local first='__fish_is_nth_token 1'
  command_table | awk -F '\t' -v first="$first" -v quote="'" '
    { gsub(quote, "\\" quote, $4); print "complete -c docker-dev.sh -f -n \"" first "\" -a " $2 " -d " quote $4 quote }'
  printf 'complete -c docker-dev.sh -f -n "__fish_seen_subcommand_from %s" -a "%s"\n' \
    "$(commands_with '[service' | tr '\n' ' ')" "$(services_of_file | tr '\n' ' ')" \
    "$(commands_with '[part]|PART' | tr '\n' ' ')" 'backend frontend' \
    snapshot 'save restore list remove' \
    worktree 'add list remove' \
    help "$(command_names | tr '\n' ' ')"
  printf 'complete -c docker-dev.sh -n "__fish_seen_subcommand_from start" -l with -xa '"'%s'"'\n' "$(optional_services_of_file)"
  printf 'complete -c docker-dev.sh -F -n "__fish_seen_subcommand_from backup restore import"\n'
}

command_names() { command_table | cut -f 2; }

# commands_with WORDS: those whose usage has one of these words, separated by |.
commands_with() {
  command_table | awk -F '\t' -v words="$1" '
    BEGIN { count = split(words, list, "|") }
    { for (i = 1; i <= count; i++) if (index($3, list[i])) { print $2; next } }'
}

# What start --with takes, in one line.
optional_services_of_file() {
  [[ -f docker-compose.yml ]] || return 0
  awk '
    /^ *profiles:/ { inside = 1; sub(/^ *profiles:/, "- ") }
    inside && /^ *- / {
      sub(/^ *- */, ""); sub(/ *#.*/, ""); gsub(/[][,"]/, " ")
      count = split($0, name, " ")
      for (i = 1; i <= count; i++) { sub(/^with-/, "", name[i]); print name[i] }
      next
    }
    { inside = 0 }' docker-compose.yml | sort -u | paste -sd ' ' -
}

# Without Docker, which may not run while somebody types.
services_of_file() {
  [[ -f docker-compose.yml ]] || return 0
  awk '/^[a-z]/ { section = $1 } section == "services:" && /^  [a-z][a-z0-9_-]*:/ { sub(/:.*/, "", $1); print $1 }' docker-compose.yml
}
