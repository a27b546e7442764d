#!/usr/bin/env bash
# shellcheck disable=SC2034,SC2153 # other files read some of these variables
# What makes every command speak of production: Compose reads another file, under another project name.

PROD=$ROOT/.prod
TLS=$PROD/tls
RELEASES=$PROD/releases # one a line, the one that serves last
PROD_VALUES=''

enter_production() {
  local name
  name=$(sed -n 's/^COMPOSE_PROJECT_NAME=//p' .env.example)-prod
  make_production_files
  # .env.example is what the project has chosen, .env.prod what differs here. Development's .env is not read.
  export COMPOSE_FILE=$ROOT/docker-compose.prod.yml COMPOSE_ENV_FILES=$ROOT/.env.example,$ROOT/.env.prod
  export COMPOSE_PROJECT_NAME=${PROD_PROJECT_NAME:-$name}
  RELEASE=$(tail -n 1 "$RELEASES" 2>/dev/null) || RELEASE=''
  export RELEASE
  PROJECT=$COMPOSE_PROJECT_NAME
  require_compose
  PROD_VALUES=$(docker compose config --environment) || fail 'docker-compose.prod.yml and .env.prod do not fit together (see above).'
}

# Made once, never changed: secrets of production's own, and .env.prod with who owns its files.
make_production_files() {
  local name uid gid secret
  (umask 077 && mkdir -p "$PROD/secrets" "$TLS" "$PROD/letsencrypt" "$PROD/acme/.well-known/acme-challenge") || fail "$PROD cannot be made (see above)."
  if [[ ! -e .env.prod ]]; then
    uid=$(id -u) gid=$(id -g)
    [[ $uid -ne 0 ]] || uid=1000 gid=1000
    new_temporary "$ROOT/.env.prod.XXXXXX" # mode 0600
    {
      cat .env.prod.example
      printf '\n# Who owns the certificate, and runs what is built here.\nAPP_UID=%s\nAPP_GID=%s\n' "$uid" "$gid"
    } >"$REPLY"
    mv -n "$REPLY" .env.prod || fail '.env.prod could not be written (see above).'
    good 'Wrote .env.prod (only you can read it).'
  fi
  # Readable for whoever reaches them: the users in the containers do, and on this machine the folder keeps others out.
  for name in django_secret_key postgres_password redis_password; do
    [[ ! -e $PROD/secrets/$name ]] || continue
    secret=$(random_hex)
    [[ ${#secret} -eq 64 ]] || fail 'No random secret could be made.'
    (umask 222 && printf '%s\n' "$secret" >"$PROD/secrets/$name") || fail "$PROD/secrets/$name could not be made."
  done
  # An empty line, for a swarm takes no empty file.
  for name in email_host_password sentry_dsn; do
    [[ -s $PROD/secrets/$name ]] || (umask 222 && rm -f "$PROD/secrets/$name" && echo >"$PROD/secrets/$name") || fail "$PROD/secrets/$name could not be made."
  done
}

# prod_value NAME: as Compose would put it in.
prod_value() { printf '%s\n' "$PROD_VALUES" | sed -n "s/^$1=//p" | tail -n 1; }

# find_running SERVICE: its running containers into REPLY, newest first. No answer is not "none": nobody goes on without it.
find_running() {
  REPLY=$(docker ps -q --filter "label=$PROJECT_LABEL=$PROJECT" --filter "label=$SERVICE_LABEL=$1" \
    --filter label=com.docker.compose.oneoff=False) || fail "Docker does not say whether $1 is running (see above)."
}
