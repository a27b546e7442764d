#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
# The checkouts of this project on this machine: what git and Docker know of them, and the .env that a new one gets.
#
# A checkout that has chosen its name keeps it by an empty volume, NAME-checkout: seen by all, whether it runs or not.

MAIN_CHECKOUT='' # the folder of the first checkout; empty where there is none, as beside a bare repository
CHECKOUTS=''     # FOLDER BRANCH LOCKED of each checkout of this repository, a line each, the main one first

# Is this a linked worktree of git's?
is_linked() {
  local own common
  own=$(git_folder --git-dir) && common=$(git_folder --git-common-dir) && [[ $own != "$common" ]]
}

git_folder() {
  local folder
  folder=$(git rev-parse "$1" 2>/dev/null) && cd -P "$folder" && pwd
}

# The project may lie in a folder of its repository.
load_checkouts() {
  local prefix
  prefix=$(git rev-parse --show-prefix 2>/dev/null) || fail "$ROOT is in no git repository."
  CHECKOUTS=$(git worktree list --porcelain | PREFIX=${prefix%/} awk '
    function tell() { if (folder != "" && !bare) print folder (ENVIRON["PREFIX"] == "" ? "" : "/" ENVIRON["PREFIX"]) "\t" branch "\t" locked }
    /^worktree / { tell(); folder = substr($0, 10); branch = "-"; locked = bare = "" }
    /^branch / { branch = substr($0, 8); sub("^refs/heads/", "", branch) }
    /^bare$/ { bare = 1 }
    /^locked/ { locked = "locked" }
    END { tell() }') || fail 'git does not say which checkouts there are (see above).'
  MAIN_CHECKOUT=$(git worktree list --porcelain | awk 'NR == 1 { sub(/^worktree /, ""); print } /^bare$/ { exit 1 } /^$/ { exit }') || MAIN_CHECKOUT=''
  [[ -z $MAIN_CHECKOUT ]] || MAIN_CHECKOUT+=${prefix:+/${prefix%/}}
}

# value_of NAME FILE: as a .env or .env.example sets it.
value_of() { { sed -n "s/^$1=//p" "$2" 2>/dev/null || true; } | tail -n 1; }

# The name that a checkout would have that is alone.
project_of_repository() {
  local name=''
  [[ -z $MAIN_CHECKOUT || $MAIN_CHECKOUT == "$ROOT" ]] || name=$(value_of COMPOSE_PROJECT_NAME "$MAIN_CHECKOUT/.env")
  printf '%s' "${name:-$(value_of COMPOSE_PROJECT_NAME .env.example)}"
}

# choose_identity: sets IDENTITY to the lines of .env that make this checkout another one; to nothing where it is the main
# one, and where somebody has chosen already. Keeps the lock until .env is there: unlock_identity.
IDENTITY=()

choose_identity() {
  local project slug taken name ports line
  IDENTITY=()
  [[ -z ${COMPOSE_PROJECT_NAME:-} ]] || return 0
  MAIN_CHECKOUT=''
  if is_linked; then
    load_checkouts
    slug=$(git symbolic-ref --quiet --short HEAD) || slug=${ROOT##*/}
  else
    slug=${ROOT##*/}
  fi
  project=$(project_of_repository)
  [[ -n $project ]] || return 0
  lock_identity
  taken=$(projects_of_docker) || fail 'Docker does not say which projects there are (see above).' './docker-dev.sh doctor'
  if ! is_linked && ! is_elsewhere "$project" "$taken"; then
    unlock_identity
    return 0
  fi
  name=$(checkout_name "$project" "$(slug_of "$slug")" "$(printf '%s\n' "$taken" | awk -F '\t' -v root="$ROOT" '$1 != "" && $2 != root { print $1 }')")
  LISTENERS=$(listeners)
  ports=$(checkout_ports "$(port_variables)" "$(ports_of_checkouts "$taken")") || fail 'No ports in a row are free from 20000 on.'
  docker volume create --label "$PROJECT_LABEL=$name" --label "$OWNER_LABEL=$ROOT" "$name-checkout" >/dev/null ||
    fail 'The name of this checkout could not be kept (see above).'
  IDENTITY=("COMPOSE_PROJECT_NAME=$name" "FRONTEND_APP_NAME=$(value_of FRONTEND_APP_NAME .env.example) - ${name#"$project-"}")
  while IFS= read -r line; do IDENTITY+=("$line"); done <<<"$ports"
}

# PROJECT FOLDER of all that Docker has of projects; FOLDER is empty where it does not say.
projects_of_docker() {
  docker volume ls --filter "label=$PROJECT_LABEL" --format "{{.Label \"$PROJECT_LABEL\"}}\t{{.Label \"$OWNER_LABEL\"}}" &&
    docker ps -a --filter "label=$PROJECT_LABEL" --format "{{.Label \"$PROJECT_LABEL\"}}\t{{.Label \"$PROJECT_LABEL.working_dir\"}}"
}

# is_elsewhere PROJECT PROJECTS: does another folder that is still there run it, or have its data?
is_elsewhere() {
  local project folder
  while IFS=$'\t' read -r project folder; do
    [[ $project != "$1" || -z $folder || $folder == "$ROOT" || ! -e $folder/docker-compose.yml ]] || return 0
  done <<<"$2"
  return 1
}

# ports_of_checkouts PROJECTS: the host ports in the .env of every checkout that Docker or git know of, also of those that
# do not run.
ports_of_checkouts() {
  {
    printf '%s\n' "$1" | cut -f 2
    printf '%s\n' "$CHECKOUTS" | cut -f 1
  } | sort -u | while IFS= read -r folder; do
    [[ -z $folder || $folder == "$ROOT" ]] || sed -n 's/^[A-Z0-9_]*_PORT=\([0-9][0-9]*\)[[:space:]]*$/\1/p' "$folder/.env" 2>/dev/null || true
  done
}
