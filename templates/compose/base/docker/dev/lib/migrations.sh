#!/usr/bin/env bash
# Does the database have the migrations of this checkout, and no others? Django tells; a cheap look asks it only where
# the two differ, so that a start need not wait for it.

# After a start. All runs, so it is no failure; but some page or other will not work.
tell_migrations() {
  local applied told line foreign
  is_tracked backend || return 0
  applied=$(applied_migrations) || {
    warn 'The database does not say which migrations it has (see above).'
    return 0
  }
  [[ $(own_migrations) != "$applied" ]] || return 0
  told=$(ask_for_migrations) || true
  [[ -z $told ]] || printf '%s\n' "$told" | while IFS= read -r line; do warn "$line"; done
  foreign=$(LC_ALL=C comm -13 <(own_migrations) <(printf '%s\n' "$applied"))
  [[ $told != *'not in this checkout'* || -z $foreign ]] || advise_other_branch "$foreign"
}

# Of the project's own applications: those that come with packages change with the image only.
applied_migrations() {
  local database rows row
  database=$(container_of db)
  # shellcheck disable=SC2016 # expanded in the container
  rows=$(docker exec "$database" sh -c \
    'psql -qAt -F . -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "SELECT app, name FROM django_migrations"' </dev/null) || return
  while IFS= read -r row; do
    [[ -z $row || ! -d backend/apps/${row%%.*} ]] || printf '%s\n' "$row"
  done <<<"$rows" | LC_ALL=C sort
}

# APP.NAME of each file.
own_migrations() {
  local file
  for file in backend/apps/*/migrations/*.py; do
    [[ -f $file && $file != */__init__.py ]] || continue
    file=${file#backend/apps/}
    file=${file%.py}
    printf '%s\n' "${file%%/*}.${file##*/}"
  done | LC_ALL=C sort
}

# A line for each difference, with what helps. Fails where there is one, and where the code does not load.
ask_for_migrations() { docker compose exec -T backend python manage.py migration_state </dev/null; }

# For doctor, which starts nothing: a backend that is away is not asked.
migrations_agree() {
  local told
  is_running backend || return 0
  told=$(ask_for_migrations 2>&1) || fail "$(printf '%s\n' "$told" | sed '/^[[:space:]]*$/d' | tail -n 5)"
}
