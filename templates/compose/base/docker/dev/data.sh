#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 5 Data

## psql [arguments…]: Open the database
##   Example: ./docker-dev.sh psql -c "select count(*) from users_user"
# The credentials are those that the container itself was given: .env may have changed since.
cmd_psql() {
  # shellcheck disable=SC2016 # expanded in the container
  in_service db sh -c 'exec psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@"' psql "$@"
}

## redis-cli [arguments…]: Open Redis
##   Example: ./docker-dev.sh redis-cli info memory
cmd_redis_cli() { in_service redis redis-cli "$@"; }

## backup [file]: Save the database and the uploaded files in one file
##   Read back before it gets its name: its checksums hold, and the database can read it. Without a name: backups/.
##   Example: ./docker-dev.sh backup before-the-change.tar
cmd_backup() {
  local file
  require_docker
  load_model
  file=$(backup_path "${1:-}")
  save_backup "$file"
  good "Saved in $file, and read back."
}

## backups [prune --keep N]: List the backups in backups/, and whether each is whole
##   prune removes all but the newest N whole ones. It leaves those that you gave a name, and damaged ones.
##   Example: ./docker-dev.sh backups prune --keep 5
cmd_backups() {
  case $* in
    '') list_backups ;;
    'prune --keep '[1-9]*)
      [[ $3 =~ ^[0-9]+$ ]] || wrong_usage "\"$3\" is no number." "$(cmd_help backups)"
      prune_backups "$3" '*'
      ;;
    *) wrong_usage "backups does not know \"$*\"." "$(cmd_help backups)" ;;
  esac
}

list_backups() {
  local file manifest found=0 failed=0
  for file in "$ROOT"/backups/*.tar; do
    [[ -f $file ]] || continue
    found=1
    if (check_backup "$file") >/dev/null 2>&1; then
      manifest=$(backup_part "$file" manifest)
      good "$(printf '%-44s %s  PostgreSQL %s  %s kB' "backups/${file##*/}" "$(manifest_value created <<<"$manifest")" \
        "$(manifest_value postgres <<<"$manifest")" "$(($(wc -c <"$file") / 1024))")"
    else
      failed=1
      bad "backups/${file##*/} is damaged, or no backup."
    fi
  done
  [[ $found -eq 1 ]] || say 'There is none yet: ./docker-dev.sh backup'
  return "$failed"
}

# prune_backups KEEP PROJECT: the newest first, by the time in their names.
prune_backups() {
  local file whole=0 removed=0
  while IFS= read -r file; do
    if ! (check_backup "$file") >/dev/null 2>&1; then
      warn "${file#"$ROOT/"} is damaged: it neither counts nor is it removed."
    elif ((++whole > $1)); then
      rm -f "$file" || fail "${file#"$ROOT/"} cannot be removed (see above)."
      removed=$((removed + 1))
    fi
  done < <(find backups -maxdepth 1 -name "$2"'-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]*.tar' 2>/dev/null |
    awk '{ match($0, /-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]/); print substr($0, RSTART, RLENGTH) "\t" $0 }' |
    sort -r | cut -f 2)
  good "Removed $removed; $((whole - removed)) are kept."
}

## restore FILE [--yes-replace=NAME]: Put a backup in the place of what is there
##   Whatever fails before the last step leaves all as it was. NAME is the project: it is asked for on a terminal.
##   Example: ./docker-dev.sh restore backups/app-20261124-140000.tar
cmd_restore() {
  local file
  file=$(backup_path "$1")
  [[ -f $file ]] || wrong_usage "There is no backup $1."
  check_backup "$file"
  require_docker
  load_model
  refuse_foreign_project
  confirm_name "$PROJECT" "This replaces the database and the uploaded files of $PROJECT." --yes-replace "${2:-}"
  restore_backup "$file"
  good "Restored from $file"
  forget_model
  load_model
  launch ''
}

## reset [--yes-delete=NAME]: Back up, then remove all data
##   Removes nothing unless the backup was read back. Snapshots go with the data, and are not in it. NAME is the project: it is asked for on a terminal.
##   Example: ./docker-dev.sh reset
cmd_reset() {
  local file
  require_docker
  load_model
  refuse_foreign_project
  confirm_name "$PROJECT" "This removes the containers of $PROJECT and all their data, snapshots too, after a backup of the present data." --yes-delete "${1:-}"
  file=$(backup_path "" -before-reset)
  CONSEQUENCE='Nothing was removed.'
  save_backup "$file"
  CONSEQUENCE=''
  good "Saved in $file, and read back."
  docker compose --profile '*' down --volumes --remove-orphans || fail 'Not all could be removed (see above).' './docker-dev.sh reset'
  forget_database_volume
  good 'All is removed; .env is kept. Begin anew: ./docker-dev.sh start'
  hint "What was there comes back with: ./docker-dev.sh restore ${file#"$ROOT/"}"
}

## db-password [--new]: Give the database the password of .env
##   --new  makes a new one, and starts with it. Interrupted, the next start brings it to its end.
##   Example: ./docker-dev.sh db-password --new
cmd_db_password() {
  case ${1:-} in
    '' | --new) ;;
    *) wrong_usage "db-password does not know \"$1\"." "$(cmd_help db-password)" ;;
  esac
  require_docker
  load_model
  refuse_foreign_project
  if [[ -n ${1:-} ]]; then
    renew_database_password
    good 'The database and .env have a new password.'
    launch ''
    return
  fi
  set_database_password
  note_database_volume
  good 'The database has the password of .env now.'
  hint 'Go on with: ./docker-dev.sh start'
}
