#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 5 Data

## pg-upgrade MAJOR: Move the database to a newer major version of PostgreSQL
##   Into a volume beside the present one, by PostgreSQL's own dump of all it holds; what arrives is compared, table by table.
##   Only then does .env name the new one: whatever fails or interrupts it before, start starts the old one.
##   The services that use the database stop meanwhile. The old volume stays until you remove it.
##   Example: ./docker-dev.sh pg-upgrade 18
cmd_pg_upgrade() {
  local major=$1 old image volume data backup
  [[ $major =~ ^[1-9][0-9]$ ]] || wrong_usage "\"$major\" is no major version of PostgreSQL, as 18 is one."
  prepare_files
  refuse_foreign_project
  check_database_volume
  require_database
  old=$(database_major)
  ((major > old)) || wrong_usage "The database is PostgreSQL $old: there is no way from it to $major."
  image=$(image_of_major "$(image_of db)" "$major")
  [[ -n $image ]] || fail "The tag of $(image_of db) begins with no version, so the image of PostgreSQL $major is not known." \
    'Name one that has it, POSTGRES_IMAGE=postgres:'"$old"' for instance, in .env, and try again.'
  clear_upgrade
  volume=$PROJECT-postgres-data-$major
  refuse_old_attempt "$volume" "$major"
  data=$(data_folder "$major")
  fetch_image "$image" "$major"
  CONSEQUENCE='The database is as it was: ./docker-dev.sh start starts it.'
  CLEANUPS+=(clear_upgrade)
  suspend_healing db 3600 # it is busy, not hung
  stop_clients
  backup=$(backup_path "" -before-pg-upgrade)
  save_backup "$backup"
  good "Saved in $backup, and read back."
  start_beside "$image" "$data" "$volume"
  copy_all_databases
  compare_databases "$old" "$major"
  finish_beside
  switch_database "$image" "$data" "$volume"
}

# All three lines of .env change in one rename: before it everything starts the old database, after it the new one.
switch_database() {
  local old
  old=$(volume_of postgres_data)
  set_in_env "POSTGRES_IMAGE=$1" "POSTGRES_DATA=$2" "POSTGRES_VOLUME=$3"
  CONSEQUENCE=''
  forget_model
  load_model
  launch ''
  good "The database is $1 now, in the volume $3."
  hint "The old one is still there. When you miss nothing: docker volume rm $old $old-note"
}
