#!/usr/bin/env bash
#@ 2 Look

## errors [option…]: What went wrong lately, of browser and all services in one list, the newest last
##   Repeated ones are counted. Exit code 1 also where there are any.
##   --since 5m   how far back
##   --follow     goes on until Ctrl-C
##   --json       one JSON document, for programs; with --follow one error a line
##   Example: ./docker-dev.sh errors --since 1h
cmd_errors() {
  local form=text since=5m follow=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      --json) form=json ;;
      --follow) follow=yes ;;
      --since=*) since=${1#*=} ;;
      --since)
        since=${2:-}
        [[ $# -eq 1 ]] || shift
        ;;
      *) wrong_usage "errors does not know \"$1\"." "$(cmd_help errors)" ;;
    esac
    shift
  done
  [[ $since =~ ^[0-9]+[smh]$ ]] || wrong_usage "Since when? Such as --since 30s, 5m or 2h: \"$since\" is none." "$(cmd_help errors)"
  load_model
  if [[ -n $follow ]]; then
    follow_errors "${form/json/lines}" "$since"
  else
    list_errors "$form" "$since"
  fi
}
