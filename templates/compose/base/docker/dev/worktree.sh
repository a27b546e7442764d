#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 1 Stack

## worktree ACTION [branch] [option…]: Run another branch beside this one
##   add BRANCH     a checkout in a folder beside this one, with a name, ports, secrets and data of its own; starts it
##     --copy-data           with a copy of this checkout's data
##     --from-snapshot NAME  with a copy of a snapshot of it
##   list [--json]  folder, branch, address, state and size of the data of each
##   remove BRANCH  its containers, data and folder; the branch stays. It asks for the name of its project first.
##     --yes-delete=NAME     that name, where there is no terminal
##     --discard-changes     what is not committed goes, too
##   Example: ./docker-dev.sh worktree add feature/login --copy-data
cmd_worktree() {
  local action=$1
  shift
  case $action in
    add | list | remove) "${action}_worktree" "$@" ;;
    *) wrong_usage "worktree does not know \"$action\"." "$(cmd_help worktree)" ;;
  esac
}

add_worktree() {
  local branch='' copy='' snapshot='' place folder data=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      --copy-data) copy=yes ;;
      --from-snapshot)
        [[ -n ${2:-} ]] || wrong_usage 'From which snapshot?' './docker-dev.sh snapshot list'
        copy=yes snapshot=$2
        shift
        ;;
      -*) wrong_usage "worktree add does not know \"$1\"." "$(cmd_help worktree)" ;;
      *)
        [[ -z $branch ]] || wrong_usage "worktree add takes one branch: \"$1\" is one too many." "$(cmd_help worktree)"
        branch=$1
        ;;
    esac
    shift
  done
  git check-ref-format --branch "$branch" >/dev/null 2>&1 || wrong_usage "\"$branch\" is no name of a branch." "$(cmd_help worktree)"
  [[ -z ${COMPOSE_PROJECT_NAME:-} ]] || wrong_usage "COMPOSE_PROJECT_NAME is set in this shell, and would be the new checkout's name, too." 'unset COMPOSE_PROJECT_NAME'
  require_docker
  load_checkouts
  [[ -z $copy ]] || require_data "$snapshot"
  place=$(place_of "$branch")
  [[ ! -e $place ]] || fail "$place is there already." './docker-dev.sh worktree list'
  check_out "$branch" "$place"
  folder=$place$(prefix_in_repository)
  if [[ ! -f $folder/.env.example ]]; then
    git worktree remove --force "$place"
    fail "The branch $branch has no .env.example: it is none of this project, or from before there was one."
  fi
  CONSEQUENCE="The checkout is in $folder: ./docker-dev.sh worktree remove $branch removes it."
  if [[ -n $copy ]]; then
    new_temporary_folder "$folder/.copied-data"
    data=$REPLY/data.tar
    save_backup "$data" "$snapshot"
  fi
  start_checkout "$folder" "$data"
}

require_data() {
  load_model
  refuse_foreign_project
  require_database
  [[ -z $1 ]] || {
    load_snapshots
    require_snapshot "$1"
  }
}

# This script writes its .env: that of an old branch may know nothing of checkouts, and take the main one's name.
start_checkout() {
  local folder=$1 data=$2 said
  cd "$folder" || fail "$folder cannot be entered (see above)."
  ROOT=$folder
  ensure_env
  if [[ -z $data ]]; then
    ./docker-dev.sh start || fail 'It did not start (see above).'
  else
    ./docker-dev.sh build --quiet || fail 'Its images could not be built (see above).'
    said=$(./docker-dev.sh start db) || {
      say "$said"
      fail 'Its database did not start (see above).'
    }
    ./docker-dev.sh restore "$data" --yes-replace="$(env_value COMPOSE_PROJECT_NAME)" || fail 'It did not start with the copied data (see above).'
  fi
  hint "It is in $folder"
}

prefix_in_repository() {
  local prefix
  prefix=$(git rev-parse --show-prefix)
  printf '%s' "${prefix:+/${prefix%/}}"
}

# Beside the main checkout, or beside this one where there is none.
place_of() {
  local top=${MAIN_CHECKOUT:-$ROOT} prefix
  prefix=$(prefix_in_repository)
  top=${top%"$prefix"}
  printf '%s-%s' "$top" "$(slug_of "$1")"
}

# A branch that is there, or that one remote has, or a new one from here.
check_out() {
  local remote
  remote=$(git for-each-ref --format '%(refname)' "refs/heads/$1" "refs/remotes/*/$1")
  if [[ -n $remote ]]; then
    git worktree add "$2" "$1"
  else
    git worktree add -b "$1" "$2"
  fi || fail "$1 could not be checked out (see above)."
}

list_worktree() {
  [[ $# -eq 0 || $* == --json ]] || wrong_usage "worktree list does not know \"$*\"." "$(cmd_help worktree)"
  require_docker
  load_checkouts
  if [[ ${1:-} == --json ]]; then checkout_lines | checkouts_json; else checkout_lines | checkout_rows; fi
}

checkout_rows() {
  awk -F '\t' -v OFS='\t' 'BEGIN { print "BRANCH", "PROJECT", "STATE", "DATA MB", "ADDRESS", "FOLDER" }
    { print $2, $3, $5, $6 == "-" ? "-" : sprintf("%d", $6 / 1048576), $4, $1 }' |
    awk -F '\t' '
      { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
      END { for (row = 1; row <= NR; row++) { for (i = 1; i < NF; i++) printf "%-" width[i] "s  ", cell[row, i]; print cell[row, NF] } }'
}

# What there is none of yet is null.
checkouts_json() {
  awk -F '\t' "$JSON_AWK"'
    function known(value) { return value == "-" ? "null" : text(value) }
    BEGIN { printf "{\"checkouts\":[" }
    { printf "%s{\"path\":%s,\"branch\":%s,\"project\":%s,\"url\":%s,\"state\":%s,\"bytes\":%s}", (NR > 1 ? "," : ""), \
        text($1), known($2), known($3), known($4), text($5), $6 == "-" ? "null" : $6 }
    END { print "]}" }'
}

remove_worktree() {
  local given='' wanted='' discard='' folder branch locked project lost question
  while [[ $# -gt 0 ]]; do
    case $1 in
      --yes-delete=*) given=$1 ;;
      --discard-changes) discard=yes ;;
      -*) wrong_usage "worktree remove does not know \"$1\"." "$(cmd_help worktree)" ;;
      *)
        [[ -z $wanted ]] || wrong_usage "worktree remove takes one branch: \"$1\" is one too many." "$(cmd_help worktree)"
        wanted=$1
        ;;
    esac
    shift
  done
  require_docker
  load_checkouts
  IFS=$'\t' read -r folder branch locked < <(find_checkout "$wanted") || wrong_usage "There is no checkout \"$wanted\"." './docker-dev.sh worktree list'
  [[ $folder != "$MAIN_CHECKOUT" ]] || wrong_usage "$folder is the main checkout: it is never removed." './docker-dev.sh reset removes its data.'
  [[ $folder != "$ROOT" ]] || wrong_usage "This checkout cannot remove itself." "cd ${MAIN_CHECKOUT:-elsewhere} && ./docker-dev.sh worktree remove $wanted"
  [[ -z $locked ]] || fail "$folder is locked." "git worktree unlock $folder"
  project=$(own_project "$folder")
  lost=$(uncommitted_in "$folder")
  question="This removes $folder${project:+, and the containers and data of $project}. The branch $branch stays."
  if [[ -n $lost && -z $discard ]]; then
    question="What is in no commit is lost:"$'\n'"$lost"$'\n'$question
    [[ -z $given && -t 0 ]] || wrong_usage "$question" 'If that is meant, add: --discard-changes'
  fi
  confirm_name "${project:-${folder##*/}}" "$question" --yes-delete "$given"
  [[ -z $project ]] || remove_from_docker "$project"
  git worktree remove --force "${folder%"$(prefix_in_repository)"}" || fail "$folder could not be removed (see above)."
  good "Removed $folder${project:+ and all of $project}. The branch $branch stays."
}
