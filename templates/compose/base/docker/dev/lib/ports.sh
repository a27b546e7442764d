#!/usr/bin/env bash
# Host ports in use, seen before anything starts, with the name of whoever has them.

LISTENERS=''
# VARIABLE=PORT for each port that somebody else has, all different and free.
PORTS_PROPOSED=()

# check_ports [fix]: names every port of the stack that somebody else holds, with one that is free in its place,
# then fails; with "fix" it writes those into .env instead.
check_ports() {
  find_taken_ports
  [[ ${#PORTS_PROPOSED[@]} -gt 0 ]] || return 0
  if [[ ${1:-} != fix ]]; then
    hint "Stop what has them, or take these instead: ${PORTS_PROPOSED[*]}"
    hint 'That is written into .env by: ./docker-dev.sh start --fix-ports'
    exit 1
  fi
  set_in_env "${PORTS_PROPOSED[@]}"
  good "Wrote into .env: ${PORTS_PROPOSED[*]}"
  forget_model
  load_model
  check_ports # whether docker-compose.yml takes them from .env at all
}

find_taken_ports() {
  local service address port owner given=' '
  LISTENERS=$(listeners)
  PORTS_PROPOSED=()
  for port in $(published_ports | cut -f 3); do given+="$port "; done
  while IFS=$'\t' read -r service address port _; do
    is_listening "$address" "$port" || continue
    owner=$(port_owner "$address" "$port")
    [[ -n $owner ]] || continue # our own container, running already
    bad "Port $port, wanted by $service, is taken by $owner."
    port=$(free_port "$port" "$given")
    given+="$port "
    PORTS_PROPOSED+=("$(port_variable "$service")=$port")
  done < <(published_ports)
}

# ADDRESS PORT OWNER of every listening TCP socket; nothing where no tool can tell.
listeners() {
  if command -v ss >/dev/null 2>&1; then
    ss -H -ltnp 2>/dev/null | awk '{
      at = match($4, /:[0-9]+$/); owner = ""
      if (split($6, user, "\"") > 1 && match($6, /pid=[0-9]+/))
        owner = user[2] " (process " substr($6, RSTART + 4, RLENGTH - 4) ")"
      print substr($4, 1, at - 1) "\t" substr($4, at + 1) "\t" owner }'
  elif command -v lsof >/dev/null 2>&1; then
    lsof -nP -iTCP -sTCP:LISTEN 2>/dev/null | awk 'NR > 1 {
      at = match($9, /:[0-9]+$/)
      print substr($9, 1, at - 1) "\t" substr($9, at + 1) "\t" $1 " (process " $2 ")" }'
  fi
}

# Two sockets collide if they ask for the same address or one of them asks for all.
# A tool that runs without root may not see root's sockets, so the port itself is asked as well.
is_listening() {
  { [[ -n $LISTENERS ]] && listener_of "$1" "$2" | grep -q .; } || answers "$1" "$2"
}

listener_of() {
  printf '%s\n' "$LISTENERS" | awk -F '\t' -v want="$1" -v port="$2" '
    function all(address) { return address == "*" || address == "0.0.0.0" }
    $2 == port && (all($1) || $1 == want || all(want) || want == "::" ) { print "listener\t" $3; exit }'
}

answers() {
  local address=$1
  case $address in '*' | 0.0.0.0 | ::) address=127.0.0.1 ;; esac
  (exec 3<>"/dev/tcp/$address/$2") 2>/dev/null
}

# Empty for a container of this project.
port_owner() {
  local container owner
  container=$(docker ps --filter "publish=$2" --format "{{.Names}}\t{{.Label \"$PROJECT_LABEL\"}}" | head -n 1)
  if [[ -n $container ]]; then
    if [[ ${container%%$'\t'*} == "$PROJECT-debug" ]]; then
      printf 'a debug session. One that was killed is ended by: docker rm --force %s' "$PROJECT-debug"
    elif [[ ${container#*$'\t'} != "$PROJECT" ]]; then
      printf 'the container %s' "${container%%$'\t'*}"
    fi
    return 0
  fi
  owner=$(listener_of "$1" "$2" | cut -f 2)
  printf '%s' "${owner:-another program}"
}

port_variable() { printf '%s_PORT' "$(printf '%s' "$1" | tr 'a-z-' 'A-Z_')"; }

# free_port PORT GIVEN: the next one that nobody has and that is not in the list GIVEN; above 1024, which needs no root.
free_port() {
  local port=$1
  ((port >= 1024)) || port=$((port + 7999))
  while ((++port < 65535)); do
    [[ $2 == *" $port "* ]] || is_listening '*' "$port" || break
  done
  printf '%s' "$port"
}
