#!/usr/bin/env bash
#@ 7 Check and mend

FAULTS=0

## doctor: Check the machine and the project
cmd_doctor() {
  check 'Docker, Compose and the daemon' require_docker
  check '.env is there and private' env_is_private
  check '.env has every value that .env.example has' env_is_complete
  if [[ $FAULTS -eq 0 ]]; then
    load_model
    check "The name $PROJECT is free" refuse_foreign_project
    check 'The host ports are free' check_ports
    check 'The limits fit the memory of Docker' memory_suffices
    check 'The disk has room' disk_has_room
    check 'The scripts have Unix line ends' scripts_have_unix_line_ends
  fi
  [[ $FAULTS -eq 0 ]] || fail "$FAULTS of these want mending."
}

# check TITLE FUNCTION: the function says what is wrong and fails; it may exit, so it gets a subshell.
check() {
  local said
  if said=$("$2" 2>&1); then
    good "$1"
  else
    FAULTS=$((FAULTS + 1))
    bad "$1: no"
  fi
  [[ -z $said ]] || printf '%s\n' "$said" | sed 's/^/    /'
}

env_is_private() {
  [[ -f .env ]] || fail 'There is no .env yet.' './docker-dev.sh start writes it.'
  [[ -z $(find .env -perm -0004 -o -perm -0040) ]] || fail '.env can be read by others.' 'chmod 600 .env'
}

env_is_complete() {
  local name missing=''
  while IFS= read -r name; do
    [[ -n $(env_value "$name") ]] || missing+=" $name"
  done < <(sed -n 's/^\([A-Z_][A-Z0-9_]*\)=.*/\1/p' .env.example)
  [[ -z $missing ]] || fail "Missing in .env:$missing" 'Copy these lines from .env.example and fill them.'
}

memory_suffices() {
  local total wanted
  total=$(docker info --format '{{.MemTotal}}')
  wanted=$(docker compose config | awk '/^          memory: / { gsub(/"/, "", $2); if (limits) sum += $2 }
    /^        limits:/ { limits = 1 } /^        reservations:/ { limits = 0 } END { printf "%.0f", sum }')
  ((wanted <= total)) || fail "The limits allow $((wanted >> 20)) MB, Docker has $((total >> 20)) MB." \
    'Lower the ..._MEMORY values in .env, or give Docker Desktop more memory.'
}

# 2 GB: what building both images from nothing takes.
disk_has_room() {
  local free
  free=$(df -Pk . | awk 'NR == 2 { print $4 }')
  ((free > 2000000)) || fail "Only $((free / 1024)) MB are free here." 'docker system prune frees what is unused.'
}

scripts_have_unix_line_ends() {
  local found
  found=$(grep -rlI $'\r$' --include='*.sh' docker backend frontend 2>/dev/null | grep -v node_modules || true)
  [[ -z $found ]] || fail "Windows line ends in: $found" 'git config core.autocrlf false, then check out anew.'
}
