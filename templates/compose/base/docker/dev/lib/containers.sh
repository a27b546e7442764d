#!/usr/bin/env bash
# One look at the containers of the project, for all that tells of them: status, urls, heal-test, start and its diagnosis.

# SERVICE STATE STATUS ID NAME of every container of the project, the newest first. Ten times as fast as "docker compose
# ps": start looks four times a second.
container_states() {
  docker ps -a --filter "label=$PROJECT_LABEL=$PROJECT" --filter label=com.docker.compose.oneoff=False \
    --format "{{.Label \"$SERVICE_LABEL\"}}\t{{.State}}\t{{.Status}}\t{{.ID}}\t{{.Names}}"
}

# The newest container of a service; nothing where there is none.
container_of() {
  docker ps -aq --filter "label=$PROJECT_LABEL=$PROJECT" --filter "label=$SERVICE_LABEL=$1" \
    --filter label=com.docker.compose.oneoff=False | head -n 1
}

# health_word STATE STATUS: in $REPLY one word for both: healthy, unhealthy, starting, or Docker's own state.
health_word() {
  case "$1 $2" in
    'running '*'(healthy)') REPLY=healthy ;;
    'running '*'(unhealthy)') REPLY=unhealthy ;;
    'running '*'(health: starting)') REPLY=starting ;;
    *) REPLY=$1 ;;
  esac
}

# A line for every service of the model, also where it has no container: SERVICE STATE SINCE RESTARTS HEALS CPUS MEMORY
# PORTS ID. CPUS and MEMORY (bytes) are the limits, 0 is none. PORTS are those that the container has, whatever .env
# asks for by now: "ADDRESS HOST CONTAINER,…". "-" stands for nothing.
CONTAINERS=''

# Never call it inside $(…): what it learned would be lost. A container may be replaced between its two questions; then
# both are asked again.
look_at_containers() { look_once 2>/dev/null || look_once; }

look_once() {
  local states ids facts=''
  states=$(container_states) || return 1
  ids=$(printf '%s\n' "$states" | cut -f 4)
  # shellcheck disable=SC2086 # one id, one argument
  [[ -z ${ids//[[:space:]]/} ]] || facts=$(docker inspect --format '{{.Id}} {{.RestartCount}} {{.HostConfig.NanoCpus}} {{.HostConfig.Memory}} {{with .State.Health}}{{.FailingStreak}}{{else}}0{{end}}{{range $port, $at := .NetworkSettings.Ports}}{{range $at}} {{.HostIp}}>{{.HostPort}}>{{$port}}{{end}}{{end}}' $ids) || return 1
  count_heals "$facts" || return 1
  CONTAINERS=$({
    service_names | sed $'s/^/service\t/'
    printf '%s\n' "$facts" | sed $'s/^/fact\t/'
    printf '%s\n' "$HEALS" | sed $'s/^/heals\t/'
    printf '%s\n' "$states" | sed $'s/^/state\t/'
  } | awk -F '\t' -v OFS='\t' '
    $1 == "service" { order[++count] = $2 }
    $1 == "fact" { split($2, part, " "); facts[part[1]] = $2 }
    $1 == "heals" { heals[$2] = $3 }
    $1 == "state" && !($2 in state) {
      id[$2] = $5; state[$2] = $3; since[$2] = $4
      if ($3 == "running" && match($4, /\((healthy|unhealthy|health: starting)\)/)) {
        state[$2] = substr($4, RSTART + 1, RLENGTH - 2); sub(/^health: /, "", state[$2])
        since[$2] = substr($4, 1, RSTART - 1); sub(/ +$/, "", since[$2])
      }
      sub(/^Up */, "", since[$2])
    }
    END {
      for (i = 1; i <= count; i++) {
        service = order[i]; ports = ""; full = ""
        if (!(service in state)) { print service, "absent", "-", 0, 0, 0, 0, "-", "-"; continue }
        for (name in facts) if (id[service] != "" && index(name, id[service]) == 1) full = name
        n = split(facts[full], part, " ")
        # Docker says "healthy" until the third failure in a row.
        if (state[service] == "healthy" && part[5] > 0) state[service] = "failing"
        for (j = 6; j <= n; j++) { sub(/\/.*/, "", part[j]); gsub(/>/, " ", part[j]); ports = ports (j > 6 ? "," : "") part[j] }
        print service, state[service], since[service] == "" ? "-" : since[service], part[2] + 0, heals[full] + 0, part[3] / 1e9, \
          sprintf("%.0f", part[4]), ports == "" ? "-" : ports, id[service] == "" ? "-" : id[service]
      }
    }')
}

# How often its own health check has ended each container: said in its log, which is read only where it was restarted,
# and only once for each restart.
HEALS='' HEALS_COUNTED=' '

count_heals() {
  local id restarts count known
  while read -r id restarts _; do
    [[ ${restarts:-0} -gt 0 && $HEALS_COUNTED != *" $id-$restarts "* ]] || continue
    count=$(docker logs "$id" 2>&1 | awk '/healthcheck: .*ending this container/ { n++ } END { print n + 0 }') || return 1
    known=$(printf '%s\n' "$HEALS" | awk -v id="$id" 'NF && $1 != id')
    HEALS=$(printf '%s\n%s\t%s' "$known" "$id" "$count")
    HEALS_COUNTED+="$id-$restarts "
  done <<<"$1"
}

# container_fact SERVICE COLUMN: of what look_at_containers saw.
container_fact() { printf '%s\n' "$CONTAINERS" | awk -F '\t' -v service="$1" -v column="$2" '$1 == service { print $column }'; }
