#!/usr/bin/env bash
# Where the database has migrations of another branch: the ways to have both, as commands for this checkout.

# advise_other_branch FOREIGN: FOREIGN are migrations that are applied and not here, "app.name" a line.
advise_other_branch() {
  local foreign=$1 since snapshot branch
  since=$(applied_since "$foreign") || return 0
  snapshot=$(snapshot_before "$since" 2>/dev/null) || true
  [[ -z $snapshot ]] || hint "The data of before that is kept: ./docker-dev.sh snapshot restore $snapshot"
  branch=$(branch_with "${foreign%%$'\n'*}") || true
  [[ -z $branch ]] || hint "To keep both, give $branch, which has it, a checkout of its own with this data: ./docker-dev.sh worktree add $branch --copy-data"
}

# When the first of them was applied, as names of snapshots are dated.
applied_since() {
  local database
  database=$(container_of db)
  # shellcheck disable=SC2016 # expanded in the container
  printf '%s\n' "$1" | docker exec -i "$database" sh -c '
    psql -qAt -v ON_ERROR_STOP=1 -v foreign="$(cat)" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<"SQL"
      SELECT to_char(min(applied) AT TIME ZONE $$utc$$, $$YYYY-MM-DD"T"HH24:MI:SS"Z"$$) /* applied since */ FROM django_migrations
        WHERE app || $$.$$ || name = ANY (string_to_array(:'"'foreign'"', chr(10)));
SQL'
}

# The newest that was saved before TIME; the last column of SNAPSHOTS is its time, by which they are sorted.
snapshot_before() {
  load_snapshots
  printf '%s\n' "$SNAPSHOTS" | awk -F '\t' -v time="$1" 'NF && time != "" && $3 < time { name = $1 } END { if (name != "") print name }'
}

# branch_with APP.NAME: the first branch that has that migration and is checked out nowhere, so that it can be.
branch_with() {
  local file=backend/apps/${1%%.*}/migrations/${1#*.}.py branch place
  git for-each-ref --sort=-committerdate --format='%(refname:short)%09%(worktreepath)' refs/heads 2>/dev/null |
    while IFS=$'\t' read -r branch place; do
      if [[ -z $place ]] && git cat-file -e "$branch:./$file" 2>/dev/null; then
        printf '%s' "$branch"
        break
      fi
    done
}
