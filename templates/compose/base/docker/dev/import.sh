#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
#@ 5 Data

## import FILE [--yes-replace=NAME]: Put the SQL of a file (.sql, .sql.gz) in the place of the database
##   Backs up first. All of it is loaded beside what is there, in one transaction, or nothing is changed. NAME is the
##   project: it is asked for on a terminal. SQL that changes what is there: ./docker-dev.sh psql -1 -v ON_ERROR_STOP=1 <FILE
##   Example: ./docker-dev.sh import ~/Downloads/dump.sql.gz
cmd_import() {
  local file backup
  file=$(caller_path "$1")
  [[ -f $file ]] || wrong_usage "There is no file $1."
  check_sql "$file"
  require_docker
  load_model
  refuse_foreign_project
  confirm_name "$PROJECT" "This replaces the database of $PROJECT, after a backup." --yes-replace "${2:-}"
  backup=$(backup_path "" -before-import)
  CONSEQUENCE='Nothing was changed.'
  save_backup "$backup"
  good "Saved in $backup, and read back."
  suspend_healing db 3600 # it is busy, not hung
  load_sql "$file"
  stop_clients
  to_its_end 'The imported database is in place. ./docker-dev.sh start starts it.' swap_databases _replaced _restored || fail 'The imported database could not take its place (see above).' './docker-dev.sh start'
  CONSEQUENCE=''
  drop_replaced || warn 'The database that was there before could not be removed (see above). The next import tries again.'
  good "Imported $file"
  hint "What was there comes back with: ./docker-dev.sh restore ${backup#"$ROOT/"}"
  forget_model
  load_model
  launch ''
}

check_sql() {
  case $1 in
    *.sql) ;;
    *.sql.gz) gzip -t "$1" || fail "$1 is damaged (see above). Nothing was changed." ;;
    *) wrong_usage "$1 is neither .sql nor .sql.gz. Nothing was changed." 'A backup of this script: ./docker-dev.sh restore FILE. Another dump: pg_restore -f FILE.sql DUMP' ;;
  esac
}

sql_of() { if [[ $1 == *.gz ]]; then gzip -dc "$1"; else cat "$1"; fi; }
