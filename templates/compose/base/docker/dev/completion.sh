#!/usr/bin/env bash
#@ 9 Help

## completion bash|zsh|fish: Print what completes the commands in your shell
##   Example: echo 'source <(./docker-dev.sh completion bash)' >>~/.bashrc
cmd_completion() {
  case $1 in
    bash) complete_in_bash ;;
    zsh) complete_in_zsh ;;
    fish) complete_in_fish ;;
    *) wrong_usage "completion does not know \"$1\"." "$(cmd_help completion)" ;;
  esac
}

# A name of a command first; what comes behind it is its service, part or action. Files and optional services, which no
# table of words can hold, are asked for in the shells' own ways.
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
$(words_behind | awk -F '\t' -v quote="'" '{ gsub(" ", "|", $1); print "      " $1 ") words=" quote $2 quote " ;;" }')
      backup | restore | import) COMPREPLY=(\$(compgen -f -- "\$word")) && return ;;
    esac
  fi
  COMPREPLY=(\$(compgen -W "\$words" -- "\$word"))
}
complete -F _docker_dev docker-dev.sh ./docker-dev.sh
COMPLETION
}

# zsh takes the script of bash, once both its own completion and that of bash are there.
complete_in_zsh() {
  # shellcheck disable=SC2016 # zsh, not Bash
  printf '(( $+functions[compdef] )) || { autoload -U compinit && compinit }\nautoload -U +X bashcompinit && bashcompinit\n'
  complete_in_bash
}

complete_in_fish() {
  local first='__fish_is_nth_token 1'
  command_table | awk -F '\t' -v first="$first" -v quote="'" '
    { gsub(quote, "\\" quote, $4); print "complete -c docker-dev.sh -f -n \"" first "\" -a " $2 " -d " quote $4 quote }'
  words_behind | awk -F '\t' '{ print "complete -c docker-dev.sh -f -n \"__fish_seen_subcommand_from " $1 "\" -a \"" $2 "\"" }'
  printf 'complete -c docker-dev.sh -n "__fish_seen_subcommand_from start" -l with -xa '"'%s'"'\n' "$(optional_services_of_file)"
  printf 'complete -c docker-dev.sh -F -n "__fish_seen_subcommand_from backup restore import"\n'
}

# Commands, a tab, and the words that may stand behind each of them.
words_behind() {
  printf '%s\t%s\n' \
    "$(commands_with '[service|SERVICE')" "$(services_of_file | paste -sd ' ' -)" \
    "$(commands_with '[part]|PART PACKAGE')" 'backend frontend' \
    upgrade 'backend python frontend npm images' \
    snapshot 'save restore list remove' \
    worktree 'add list remove' \
    generate app \
    prod "$(command_details prod | sed -n 's/^ *\([a-z]*\) .*  .*/\1/p' | sort -u | paste -sd ' ' -)" \
    completion 'bash zsh fish' \
    help "$(command_names | paste -sd ' ' -)"
}

command_names() { command_table | cut -f 2; }

# commands_with WORDS: in one line those whose usage has one of these words, separated by |.
commands_with() {
  command_table | awk -F '\t' -v words="$1" '
    BEGIN { count = split(words, list, "|") }
    { for (i = 1; i <= count; i++) if (index($3, list[i])) { print $2; next } }' | paste -sd ' ' -
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
