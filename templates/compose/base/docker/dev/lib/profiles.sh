#!/usr/bin/env bash
# shellcheck disable=SC2034 # other files read some of these variables
# Optional services: those that docker-compose.yml gives a profile, with-NAME as a rule. COMPOSE_PROFILES in .env turns it on.

# NAME PROFILE SERVICE of each. It needs no .env, and so none of its values.
optional_services() {
  docker compose --profile '*' config --no-interpolate | awk -v OFS='\t' '
    /^[a-z]/ { section = $1 }
    section == "services:" && /^  [^ ]/ { service = $1; sub(/:$/, "", service) }
    section == "services:" && /^    [^ ]/ { block = $1 }
    block == "profiles:" && /^      - / { name = $2; sub(/^with-/, "", name); print name, $2, service }'
}

# turn_on NAME…: their profiles into .env, beside those that are there; $TURNED_ON are their services, one a word.
TURNED_ON=''

turn_on() {
  local name known profile value before
  require_docker
  known=$(optional_services) || fail 'docker-compose.yml cannot be read (see above).'
  for name in "$@"; do
    [[ -n $(profile_of "$name" "$known") ]] ||
      wrong_usage "start --with does not know \"$name\", only: $(printf '%s\n' "${known:-(this project has no optional service)}" | cut -f 1 | sort -u | paste -sd ' ' -)."
  done
  [[ -z ${COMPOSE_PROFILES+set} ]] ||
    fail 'COMPOSE_PROFILES is set in this shell, where it hides that of .env.' 'unset COMPOSE_PROFILES'
  ensure_env
  before=$(env_value COMPOSE_PROFILES | sed -e "s/[[:space:]]#.*//; s/[\"'[:space:]]//g")
  value=$before
  for name in "$@"; do
    profile=$(profile_of "$name" "$known")
    TURNED_ON+=" $(printf '%s\n' "$known" | awk -F '\t' -v profile="$profile" '$2 == profile { print $3 }' | paste -sd ' ' -)"
    [[ $value == '*' || ,$value, == *",$profile,"* ]] || value+=${value:+,}$profile
  done
  [[ $value == "$before" ]] || set_in_env "COMPOSE_PROFILES=$value"
}

# profile_of NAME LINES: of optional_services.
profile_of() { printf '%s\n' "$2" | NAME=$1 awk -F '\t' '$1 == ENVIRON["NAME"] && NF { print $2; exit }'; }
