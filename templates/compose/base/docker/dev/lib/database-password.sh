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
