#!/usr/bin/env bash
# shellcheck disable=SC2016 # the variables in single quotes are the container's
# The password of the database: PostgreSQL takes the variable only while it makes its volume.

# Inside its container the database's own socket asks for no password. The container is made anew if .env has
# changed, so that both speak of the same one. psql asks printenv for it: an argument would show in `ps`.
set_database_password() {
  renew_database
  in_database 'psql -q -v ON_ERROR_STOP=1 -v role="$POSTGRES_USER" -U "$POSTGRES_USER" -d postgres' <<'SQL' ||
\set password `printenv POSTGRES_PASSWORD`
ALTER ROLE :"role" PASSWORD :'password';
SQL
    fail 'The database refused (see above): is POSTGRES_USER the one that its volume was made with?'
}

# A new password, in three steps: noted as on its way, written into .env, given to the database. Whatever interrupts
# them, the next start finds the note and gives the database the password that .env has by then.
renew_database_password() {
  local volume new
  volume=$(volume_of postgres_data)
  new=$(random_hex) && [[ ${#new} -eq 64 ]] || fail 'No password could be made.'
  require_database
  write_note "$volume" "$(password_digest "$volume")+" || fail 'That could not be noted (see above); nothing was changed.'
  set_in_env "POSTGRES_PASSWORD=$new"
  forget_model
  load_model
  set_database_password
  note_database_volume
}
