#!/usr/bin/env bash
#@ 7 Check and mend

FAULTS=0 FINDINGS=''

## doctor [--json]: Check the machine and the project
##   Changes nothing. --json is one document, for programs; exit 1 where something wants mending.
##   Example: ./docker-dev.sh doctor
cmd_doctor() {
  [[ -z ${1:-} || $1 == --json ]] || wrong_usage "doctor does not know \"$1\"." "$(cmd_help doctor)"
  local form=${1:-} rest=''
  [[ -z $form ]] || no_colour
  look_at_machine "$form"
  if [[ $FAULTS -eq 0 ]]; then look_at_project "$form"; else rest='; the rest cannot be looked at before'; fi
  if [[ -n $form ]]; then
    findings_json
    [[ $FAULTS -eq 0 ]]
  elif [[ $FAULTS -gt 0 ]]; then
    fail "$FAULTS of these want mending$rest."
  fi
}

# Without these nothing can be said of the project.
look_at_machine() {
  check "$1" 'Docker, Compose and the daemon' require_docker
  check "$1" '.env is there and private' env_is_private
  [[ $FAULTS -eq 0 ]] || return 0
  check "$1" '.env has every value that .env.example has' env_is_complete
  check "$1" 'The compose file and .env fit together' load_model
}

look_at_project() {
  load_model
  check "$1" "The name $PROJECT is free" refuse_foreign_project
  check "$1" 'The database has the password of .env' database_has_the_password
  check "$1" 'The locks hold what is asked for' check_locks
  check "$1" 'The database has the migrations of this checkout' migrations_agree
  check "$1" 'The host ports are free' check_ports
  check "$1" 'The memory of Docker suffices' memory_suffices
  check "$1" 'The disk of Docker has room' disk_has_room
  check "$1" 'The images are what the compose file takes them for' images_fit
  check "$1" 'The scripts have Unix line ends' scripts_have_unix_line_ends
  # No fault of the project: a warning for people.
  if [[ -z $1 ]]; then tell_ends; else check "$1" 'The images get security fixes' tell_ends; fi
}

# check FORM TITLE FUNCTION: the function says what is wrong and fails; it may exit, so it gets a subshell.
check() {
  local said ok=true
  said=$("$3" 2>&1) || ok=false
  [[ $ok == true ]] || FAULTS=$((FAULTS + 1))
  if [[ -n $1 ]]; then
    FINDINGS+="$2"$'\037'"$ok"$'\037'"$said"$'\036'
    return
  fi
  if [[ $ok == true ]]; then good "$2"; else bad "$2: no"; fi
  [[ -z $said ]] || printf '%s\n' "$said" | sed 's/^/    /'
}

findings_json() {
  printf '%s' "$FINDINGS" | awk -v RS='\036' -F '\037' -v faults="$FAULTS" "$JSON_AWK"'
    BEGIN { printf "{\"faults\":%d,\"checks\":[", faults }
    { printf "%s{\"name\":%s,\"ok\":%s,\"says\":%s}", (NR > 1 ? "," : ""), text($1), $2, text($3) }
    END { print "]}" }'
}

env_is_private() {
  [[ -f .env ]] || fail 'There is no .env yet.' './docker-dev.sh start writes it.'
  [[ -z $(find .env -perm -0004 -o -perm -0040) ]] || fail '.env can be read by others.' 'chmod 600 .env'
}

# What is commented out in .env was left out on purpose, and has its default.
env_is_complete() {
  local name missing=''
  while IFS= read -r name; do
    grep -qE "^(# *)?$name=" .env && { [[ -n $(env_value "$name") ]] || ! is_secret "$name"; } || missing+=" $name"
  done < <(sed -n 's/^\([A-Z_][A-Z0-9_]*\)=.*/\1/p' .env.example)
  [[ -z $missing ]] || fail "Missing in .env:$missing" 'Copy these lines from .env.example and fill them.'
}

is_secret() { secret_names | grep -qx -- "$1"; }

# Looks only: nothing is started for it.
database_has_the_password() {
  refuse_foreign_data
  [[ $NOTED_DIGEST != *+ ]] || fail 'A change of the password was interrupted.' './docker-dev.sh start brings it to its end.'
  [[ -z $NOTED_DIGEST ]] || check_database_volume
}

# Reservations must fit. Limits may be more than there is: not all services are busy at once.
memory_suffices() {
  local total limits reserved
  total=$(docker info --format '{{.MemTotal}}') || fail 'Docker does not say how much memory it has.'
  IFS=' ' read -r limits reserved < <(docker compose config | awk '
    /^        limits:/ { kind = "limits" } /^        reservations:/ { kind = "reserved" }
    /^          memory: / { gsub(/"/, "", $2); sum[kind] += $2 }
    END { printf "%.0f %.0f\n", sum["limits"], sum["reserved"] }')
  ((reserved <= total)) || fail "The services need $((reserved >> 20)) MB, Docker has $((total >> 20)) MB." \
    'Lower the ..._MEMORY_RESERVE values in .env, or give Docker Desktop more memory.'
  ((limits <= total)) ||
    say "All services together may take $((limits >> 20)) MB, Docker has $((total >> 20)) MB: enough unless all are busy at once."
}

# 2 GB: what building both images from nothing takes. Docker Desktop's disk is that of its machine, seen from within.
disk_has_room() {
  local folder free image
  folder=$(docker info --format '{{.DockerRootDir}}') || fail 'Docker does not say where its disk is.'
  image=$(image_of db)
  if [[ -d $folder ]]; then
    free=$(df -Pk "$folder")
  elif docker image inspect "$image" >/dev/null 2>&1; then
    free=$(docker run --rm --entrypoint df "$image" -Pk / </dev/null)
  else
    say 'It cannot be seen from here before the first start.'
    return
  fi
  free=$(printf '%s\n' "$free" | awk 'NR == 2 { print $4 }')
  ((${free:-0} > 2000000)) || fail "Only $((${free:-0} / 1024)) MB are free." 'docker system prune frees what is unused.'
}

# Another image, set in .env, may be too old, or know its user under another number. Those not fetched yet are skipped.
images_fit() {
  local image version user
  image=$(image_of proxy)
  if version=$(run_image "$image" nginx -v 2>&1); then
    version=${version##*/}
    [[ $version == 1.27.[3-9]* || $version == 1.27.1[0-9]* ]] || is_at_least "$version" 1.28 ||
      fail "$image is nginx $version: before 1.27.3 it cannot look up services anew." 'Set NGINX_IMAGE in .env to a newer one.'
  fi
  image=$(image_of db)
  if user=$(run_image "$image" id -u postgres 2>/dev/null); then
    [[ $(model_of user db) == "$user:"* ]] ||
      fail "In $image the user postgres is $user, docker-compose.yml runs it as $(model_of user db)." \
        "Set POSTGRES_IMAGE in .env to a Debian variant, or user: \"$user:$user\" in docker-compose.yml."
  fi
}

# run_image IMAGE COMMAND…: fails where the image is not here.
run_image() {
  docker image inspect "$1" >/dev/null 2>&1 || return 1
  docker run --rm --network none --user 0:0 --entrypoint "$2" "$1" "${@:3}" </dev/null
}

scripts_have_unix_line_ends() {
  local found
  found=$(grep -rlI $'\r$' --include='*.sh' docker backend frontend 2>/dev/null | grep -v node_modules || true)
  [[ -z $found ]] || fail "Windows line ends in: $found" 'git config core.autocrlf false, then check out anew.'
}
