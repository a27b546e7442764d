#!/usr/bin/env bash
#@ 5 Data

## snapshot ACTION [name]: Keep the present data under a name, and go back to it in seconds
##   save NAME, restore NAME, remove NAME, list [--json]
##   Database and uploaded files, inside their volumes: for trying things out. It goes with the volumes; a backup stays.
##   What restore replaces is kept as the snapshot before-restore. Open connections are cut; pools come back by themselves.
##   Example: ./docker-dev.sh snapshot save before-the-migration
cmd_snapshot() {
  local action=$1 name=${2:-}
  case $action in
    save | restore | remove)
      [[ $name =~ ^[a-z0-9][a-z0-9-]{0,29}$ ]] ||
        wrong_usage "A snapshot has a name of small letters, digits and \"-\", 30 at most: \"$name\" is none." "$(cmd_help snapshot)"
      [[ $action-$name != save-"$REPLACED_SNAPSHOT" ]] || wrong_usage "$name is the name of what the last restore has replaced."
      ;;
    list) [[ -z $name || $name == --json ]] || wrong_usage "snapshot list does not know \"$name\"." "$(cmd_help snapshot)" ;;
    *) wrong_usage "snapshot does not know \"$action\"." "$(cmd_help snapshot)" ;;
  esac
  require_docker
  load_model
  refuse_foreign_project
  require_database
  load_snapshots
  "${action}_snapshot" "$name"
}

save_snapshot() {
  ! is_snapshot "$1" || fail "There is a snapshot $1 already." "./docker-dev.sh snapshot remove $1"
  suspend_healing db 3600 # it is busy, not hung
  make_snapshot "$1"
  good "Saved as $1 in $SECONDS seconds. Back to it: ./docker-dev.sh snapshot restore $1"
}

restore_snapshot() {
  require_snapshot "$1"
  suspend_healing db 3600
  put_snapshot_beside "$1"
  take_places
  to_its_end "What was there before: ./docker-dev.sh snapshot restore $REPLACED_SNAPSHOT" keep_replaced || warn 'What was there before could not be made a snapshot (see above): until the next restore its database has "_replaced" at the end of its name.'
  good "Restored $1. What was there before: ./docker-dev.sh snapshot restore $REPLACED_SNAPSHOT"
  forget_model
  load_model
  launch ''
}

remove_snapshot() {
  require_snapshot "$1"
  drop_snapshot "$1" || fail "$1 could not be removed whole (see above)." "./docker-dev.sh snapshot remove $1"
  good "Removed $1."
}

list_snapshot() {
  if [[ $1 == --json ]]; then
    printf '%s\n' "$SNAPSHOTS" | awk -F '\t' -v project="$PROJECT" "$JSON_AWK"'
      BEGIN { printf "{\"project\":%s,\"snapshots\":[", text(project) }
      NF { printf "%s{\"name\":%s,\"created\":%s,\"bytes\":%s}", sep, text($1), text($3), $2; sep = "," }
      END { print "]}" }'
  elif [[ -z $SNAPSHOTS ]]; then
    say 'There is none yet: ./docker-dev.sh snapshot save NAME'
  else
    printf '%s\n' "$SNAPSHOTS" | awk -F '\t' '{ printf "%-30s  %s  %6d MB\n", $1, $3, $2 / 1048576 }'
  fi
}
