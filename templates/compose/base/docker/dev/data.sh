#!/usr/bin/env bash
#@ 5 Data

## psql [arguments…]: Open the database
# The credentials are those that the container itself was given: .env may have changed since.
cmd_psql() {
  # shellcheck disable=SC2016 # expanded in the container
  in_service db sh -c 'exec psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@"' psql "$@"
}

## redis-cli [arguments…]: Open Redis
cmd_redis_cli() { in_service redis redis-cli "$@"; }

## backup [folder]: Save the database and the uploaded files
cmd_backup() {
  local folder
  require_docker
  load_model
  folder=$(caller_path "${1:-$ROOT/backups/$(date +%Y%m%d-%H%M%S)}")
  save_backup "$folder" || fail 'The backup failed (see above).'
  good "Saved in $folder"
}

## restore FOLDER: Put a backup in the place of what is there
cmd_restore() {
  local folder
  [[ -n ${1:-} ]] || wrong_usage 'Which backup?' "$(cmd_help restore)"
  folder=$(caller_path "$1")
  [[ -f $folder/database.dump ]] || wrong_usage "There is no backup in $folder: database.dump is missing."
  require_docker
  load_model
  refuse_foreign_project
  confirm_name "$PROJECT" "This replaces the database and the uploaded files of $PROJECT."
  restore_backup "$folder"
  good "Restored from $folder"
  launch ''
}

## reset [--no-backup]: Back up, then remove all data
cmd_reset() {
  local folder=''
  case ${1:-} in
    '') folder=$ROOT/backups/$(date +%Y%m%d-%H%M%S)-before-reset ;;
    --no-backup) ;;
    *) wrong_usage "reset does not know \"$1\"." "$(cmd_help reset)" ;;
  esac
  require_docker
  load_model
  refuse_foreign_project
  confirm_name "$PROJECT" "This removes the containers of $PROJECT and all their data${folder:+, after a backup}."
  if [[ -n $folder ]]; then
    save_backup "$folder" || fail 'The backup failed, so nothing was removed.' 'Without one: ./docker-dev.sh reset --no-backup'
    good "Saved in $folder"
  fi
  docker compose --profile '*' down --volumes --remove-orphans
  good 'All is removed; .env is kept. Begin anew: ./docker-dev.sh start'
}

## db-password: Give the database the password of .env
cmd_db_password() {
  require_docker
  load_model
  set_database_password
  good 'The database has the password of .env now.'
  hint 'Go on with: ./docker-dev.sh start'
}
