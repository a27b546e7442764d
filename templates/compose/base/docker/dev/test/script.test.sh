#!/usr/bin/env bash
# The promises of this script that a change must not break; docker/dev/test/run.sh runs them.

test_every_command_has_help_with_an_example() {
  local name names
  script help
  ends 0
  names=$(printf '%s\n' "$SAID" | awk '/^  [a-z]/ { print $1 }')
  for name in $names; do
    script help "$name"
    says "./docker-dev.sh $name"
    says 'Exit codes: '
    says 'Example: '
  done
  asked_not ''
}

test_an_unknown_command_is_wrong_usage() {
  script statsu
  ends 2
  says 'Did you mean: ./docker-dev.sh status'
}

test_status_tells_a_service_without_a_container() {
  answer states 'db\trunning\tUp 2 minutes (healthy)\td1\tapp-db\n'
  script status --quick
  ends 0
  says 'healthy'
  says 'absent'
}

test_start_waits_until_all_are_healthy() {
  answer states 'db\trunning\tUp (healthy)\td1\tapp-db\nproxy\trunning\tUp (healthy)\tp1\tapp-proxy\n'
  script start
  ends 0
  says 'Ready in'
  asked 'compose --progress plain up --detach'
}

test_start_tells_why_it_failed() {
  answer states 'db\trestarting\tRestarting (1) 1 second ago\td1\tapp-db\n'
  answer logs 'FATAL:  password authentication failed\n'
  script start
  ends 1
  says 'db is not well'
  says './docker-dev.sh db-password'
  says_not 'Ready in'
}

test_a_backup_whose_dump_fails_is_none() {
  touch .env
  answer fail-at 'pg_dump '
  script backup mine.tar
  ends 1
  says_not 'Saved'
  [[ ! -e mine.tar ]] || miss 'There is a file all the same.'
}

test_reset_removes_nothing_where_nobody_can_be_asked() {
  touch .env
  script reset
  ends 2
  asked_not 'down --volumes'
}

test_reset_removes_nothing_without_a_backup() {
  touch .env
  answer fail-at 'pg_dump '
  script reset --yes-delete=app
  ends 1
  says 'Nothing was removed.'
  asked_not 'down --volumes'
}

test_a_command_ends_as_its_tool_ends() {
  touch .env
  answer exit-code 17
  script psql -c 'select 1'
  ends 17
}
