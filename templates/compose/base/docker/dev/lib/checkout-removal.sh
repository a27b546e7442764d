#!/usr/bin/env bash
# What belongs to a checkout alone, and can go with it.

# find_checkout WORD: FOLDER BRANCH LOCKED by branch, folder or project.
find_checkout() {
  local folder branch locked
  while IFS=$'\t' read -r folder branch locked; do
    [[ $1 != "$branch" && $1 != "$folder" && $1 != "$(value_of COMPOSE_PROJECT_NAME "$folder/.env")" ]] || {
      printf '%s\t%s\t%s\n' "$folder" "$branch" "$locked"
      return
    }
  done <<<"$CHECKOUTS"
  return 1
}

# own_project FOLDER: what its .env names, if no other checkout has that name: one that was copied is not its own.
own_project() {
  local project folder
  project=$(value_of COMPOSE_PROJECT_NAME "$1/.env")
  [[ -n $project && $project != "$(value_of COMPOSE_PROJECT_NAME .env.example)" ]] || return 0
  while IFS=$'\t' read -r folder _; do
    [[ $folder == "$1" || $(value_of COMPOSE_PROJECT_NAME "$folder/.env") != "$project" ]] || return 0
  done <<<"$CHECKOUTS"
  printf '%s' "$project"
}

# What would be lost with the folder: what no commit has, and the backups, which git does not see.
uncommitted_in() {
  (cd "$1" && git status --porcelain -- . && find backups -name '*.tar' 2>/dev/null | sed 's/^/   /') || true
}

# remove_from_docker PROJECT: by label, for the files of the checkout may be broken.
remove_from_docker() {
  local of="label=$PROJECT_LABEL=$1" ids
  # shellcheck disable=SC2015 # whatever failed
  ids=$(docker ps -aq --filter "$of") && remove_each "$ids" rm --force --volumes &&
    ids=$(docker network ls -q --filter "$of") && remove_each "$ids" network rm &&
    ids=$(docker volume ls -q --filter "$of") && remove_each "$ids" volume rm &&
    ids=$(docker image ls -q --filter "$of") && remove_each "$ids" image rm --force ||
    fail 'Not all could be removed (see above); the folder is still there.' './docker-dev.sh worktree list'
}

# remove_each IDS docker's arguments…; two names of an image have one id.
remove_each() {
  local ids
  ids=$(printf '%s\n' "$1" | sort -u)
  shift
  # shellcheck disable=SC2086 # one id, one argument
  [[ -z $ids ]] || docker "$@" $ids >/dev/null
}
