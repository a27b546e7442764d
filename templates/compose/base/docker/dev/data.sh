#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 5 Data

## psql [arguments…]: Open the database
# The credentials are those that the container itself was given: .env may have changed since.
cmd_psql() {
  # shellcheck disable=SC2016 # expanded in the container
  in_service db sh -c 'exec psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@"' psql "$@"
}

## redis-cli [arguments…]: Open Redis
cmd_redis_cli() { in_service redis redis-cli "$@"; }

## backup [file]: Save the database and the uploaded files in one file
cmd_backup() {
  local file
  require_docker
  load_model
  file=$(backup_path "${1:-}")
  save_backup "$file"
  good "Saved in $file, and read back."
}

## restore FILE [--yes-replace=NAME]: Put a backup in the place of what is there
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
cmd_reset() {
  local file
  require_docker
  load_model
  refuse_foreign_project
  confirm_name "$PROJECT" "This removes the containers of $PROJECT and all their data, after a backup." --yes-delete "${1:-}"
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

## db-password: Give the database the password of .env
cmd_db_password() {
  require_docker
  load_model
  refuse_foreign_project
  set_database_password
  note_database_volume
  good 'The database has the password of .env now.'
  hint 'Go on with: ./docker-dev.sh start'
}
