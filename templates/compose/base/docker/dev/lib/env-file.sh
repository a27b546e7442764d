#!/usr/bin/env bash
# The .env of a fresh clone: .env.example with a secret after every "NAME=" that has no value. A checkout beside another
# gets a name and ports of its own, too: lib/checkouts.sh.

# An .env that exists is never touched: the volumes hold its passwords.
ensure_env() {
  [[ ! -e .env ]] || return 0
  [[ -f .env.example ]] || fail 'There is neither .env nor .env.example.' 'Get .env.example back from git.'
  choose_identity
  write_env
  unlock_identity
  good 'Wrote .env with fresh secrets (only you can read it).'
  [[ ${#IDENTITY[@]} -eq 0 ]] || good "This is a checkout beside another: $(env_value COMPOSE_PROJECT_NAME), on ports from $(env_value PROXY_PORT) on."
}

# mktemp makes the file 0600, so nobody can read a secret at any moment; the rename makes it whole.
write_env() {
  local draft
  new_temporary "$ROOT/.env.XXXXXX"
  draft=$REPLY
  fill_env <.env.example | with_values ${IDENTITY[@]+"${IDENTITY[@]}"} >"$draft" || fail 'The secrets could not be made (see above).'
  mv -n "$draft" .env || fail '.env could not be written (see above).'
}

fill_env() {
  local line uid gid secret
  uid=$(id -u) gid=$(id -g)
  [[ $uid -ne 0 ]] || IFS=: read -r uid gid < <(checkout_owner)
  [[ $uid -ne 0 ]] || uid=1000 gid=1000 # the containers never run as root, whoever starts them
  while IFS= read -r line || [[ -n $line ]]; do
    line=${line%$'\r'}
    case $line in
      APP_UID=*) line=APP_UID=$uid ;;
      APP_GID=*) line=APP_GID=$gid ;;
    esac
    # Hexadecimal, for a "$" or a quote would mean something to Compose.
    if [[ $line =~ ^[A-Z_][A-Z0-9_]*=$ ]]; then
      secret=$(random_hex) && [[ ${#secret} -eq 64 ]] || return 1
      line+=$secret
    fi
    printf '%s\n' "$line" || return 1
  done
}

random_hex() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

# with_values NAME=VALUE…: the .env of standard input, with each value in the line that sets NAME, else in the one that
# shows its default, else in a new one.
with_values() {
  local pair text
  text=$(cat)
  for pair in "$@"; do
    text=$(printf '%s\n' "$text" | LINE=$pair awk -v name="${pair%%=*}" '
      BEGIN { line = ENVIRON["LINE"] } # not an argument: it may be a secret
      { text[NR] = $0 }
      $0 ~ "^" name "=" { set = NR }
      $0 ~ "^# *" name "=" { shown = NR }
      END {
        at = set ? set : shown
        for (i = 1; i <= NR; i++) print i == at ? line : text[i]
        if (!at) print line
      }') || return 1
  done
  printf '%s\n' "$text"
}

# set_in_env NAME=VALUE…: all or nothing, and as private as before.
set_in_env() {
  new_temporary "$ROOT/.env.XXXXXX" # mode 0600
  with_values "$@" <.env >"$REPLY" || fail '.env cannot be changed (see above).'
  mv "$REPLY" .env || fail '.env cannot be written (see above).'
}

# env_value NAME: its value in .env, without asking Compose.
env_value() { sed -n "s/^$1=//p" .env | tail -n 1; }

# NAME of every secret: what .env.example leaves empty.
secret_names() { sed -n 's/^\([A-Z_][A-Z0-9_]*\)=[[:space:]]*$/\1/p' .env.example; }

# Where the caller is root the bind-mounted folders are root's too, and the containers, which are
# not, could not write their logs. No other folder is handed over.
hand_over_folders() {
  local owner folder
  [[ $(id -u) -eq 0 ]] || return 0
  owner=$(env_value APP_UID):$(env_value APP_GID)
  [[ $owner != : ]] || owner=1000:1000
  for folder in backend/logs backend/media backend/staticfiles; do
    [[ ! -d $folder ]] || find "$folder" ! -user "${owner%:*}" -exec chown "$owner" {} +
  done
}
