#!/usr/bin/env bash
# From one service to the next without a pause. Compose starts nothing until it has made all containers, which takes
# seconds where one has a volume to fill, and looks every half second whether what a service needs is well. Here each is
# started as soon as it can be; Compose then finds it running.

# By service, in the order of SERVICES: what it needs, or "-" where only Compose can start it.
NEEDS=()
# The container, where it was made by this start and is still to run.
CREATED=()
HOPPED=' '

learn_needs() {
  local needs
  NEEDS=() CREATED=()
  while IFS= read -r needs; do NEEDS+=("$needs") CREATED+=(''); done < <({
    printf '%s\n' "$MODEL"
    printf 'wanted\t%s\n' "${SERVICES[@]}"
  } | awk -F '\t' '
    $1 == "needs" { needs[$2] = needs[$2] $3 " " }
    $1 == "special" { special[$2] = 1 }
    $1 == "wanted" { print $2 in special ? "-" : needs[$2] }')
}

# can_begin SERVICE: does it wait for no other?
can_begin() {
  local i
  for ((i = 0; i < ${#SERVICES[@]}; i++)); do
    [[ ${SERVICES[i]} != "$1" ]] || { [[ -z ${NEEDS[i]} ]] && return; }
  done
  return 1
}

# note_created INDEX STATE CONTAINER NAME. While one is made anew it has a number before its name.
note_created() {
  CREATED[$1]=''
  [[ $2 != created || $4 =~ ^[0-9a-f]{12}_ ]] || CREATED[$1]=$3
}

start_what_can() {
  local i
  for ((i = 0; i < ${#SERVICES[@]}; i++)); do
    [[ -n ${CREATED[i]} && $HOPPED != *" ${CREATED[i]} "* ]] || continue
    has_its_needs "$i" || continue
    HOPPED+="${CREATED[i]} "
    docker start "${CREATED[i]}" >/dev/null 2>&1 </dev/null & # where it fails, Compose says why
  done
}

has_its_needs() {
  local need i
  for need in ${NEEDS[$1]}; do
    for ((i = 0; i < ${#SERVICES[@]}; i++)); do
      [[ ${SERVICES[i]} != "$need" || ${STATES[i]} != healthy ]] || continue 2
    done
    return 1
  done
}

# Has Compose made all containers, and only starts to come?
is_starting() { [[ $UP == running ]] && grep -qE '^ Container .* (Starting|Started|Waiting) *$' "$UP_LOG"; }
