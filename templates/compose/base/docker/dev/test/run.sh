#!/usr/bin/env bash
# Runs every function test_… of the files *.test.sh, or those whose name holds one of the arguments: each in a folder of
# its own, with a copy of this script, and with the stub beside this file in Docker's place. What a test can use:
#   script ARGUMENTS…    calls docker-dev.sh; then $CODE is how it ended, and $SAID what it printed
#   answer NAME TEXT     what the stub answers; its own first lines name what there is
#   ends CODE, says TEXT, says_not TEXT, asked TEXT, asked_not TEXT
set -uo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/../../.." || exit 1

CODE=0 SAID=''

script() {
  SAID=$(PATH=$PWD/../bin:$PATH LOOK_EVERY=0.05 ./docker-dev.sh "$@" 2>&1 </dev/null)
  CODE=$?
}
answer() { printf '%b' "$2" >"../bin/answers/$1"; }
ends() { [[ $CODE -eq $1 ]] || miss "It ended with $CODE, not with $1. It said: $SAID"; }
says() { [[ $SAID == *"$1"* ]] || miss "It did not say \"$1\", but: $SAID"; }
says_not() { [[ $SAID != *"$1"* ]] || miss "It said \"$1\": $SAID"; }
asked() { grep -qF -- "$1" ../bin/calls || miss "Docker was not asked for \"$1\"."; }
asked_not() { ! grep -qF -- "$1" ../bin/calls 2>/dev/null || miss "Docker was asked for \"$1\"."; }
miss() {
  printf '    %s\n' "$1"
  exit 1
}

# run_test FUNCTION, in a subshell: what is missed ends it.
run_test() (
  room=$(mktemp -d "${TMPDIR:-/tmp}/self-test.XXXXXX") || exit 1
  trap 'rm -rf "$room"' EXIT
  mkdir -p "$room/bin/answers" "$room/project/docker"
  cp docker/dev/test/docker "$room/bin/docker"
  chmod +x "$room/bin/docker"
  cp -R docker/dev "$room/project/docker/dev"
  cp docker-dev.sh .env.example "$room/project/"
  [[ ! -d commands ]] || cp -R commands "$room/project/commands"
  cd "$room/project" || exit 1
  cat >"$room/bin/answers/config" <<'MODEL'
name: app
services:
  db:
    image: postgres
  proxy:
    depends_on:
      db:
        condition: service_healthy
    image: nginx
volumes:
  postgres_data:
    name: app-postgres-data
MODEL
  "$1"
)

failed=0 count=0
for file in docker/dev/test/*.test.sh commands/test/*.test.sh; do
  # shellcheck source=/dev/null
  [[ ! -f $file ]] || source "$file"
done
for test in $(compgen -A function test_); do
  wanted=${1:-}
  for word in "$@"; do [[ $test != *"${word//-/_}"* ]] || wanted=''; done
  [[ -z $wanted ]] || continue
  count=$((count + 1))
  if said=$(run_test "$test"); then
    printf 'ok  %s\n' "$test"
  else
    printf 'x   %s\n%s\n' "$test" "$said"
    failed=$((failed + 1))
  fi
done
[[ $count -gt 0 ]] || {
  printf 'There is no test of that name.\n' >&2
  exit 2
}
printf '%s tests, %s failed.\n' "$count" "$failed"
[[ $failed -eq 0 ]]
