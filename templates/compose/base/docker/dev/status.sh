#!/usr/bin/env bash
#@ 2 Look

## status [option…]: State, restarts, limits and ports of each service
##   RESTARTS counts all, HEALS those by its own health check. CPU and MEMORY are used/allowed; measuring takes Docker 2 s.
##   "failing" is a check that failed, and is asked again before the service counts as unhealthy.
##   --quick  leaves out what is used
##   --json   one JSON document, for programs; exit code 1 also where not all is well
##   --watch  goes on until Ctrl-C; without a terminal, a line for each change
##   Example: ./docker-dev.sh status --watch
cmd_status() {
  local form=table quick=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      --quick) quick=yes ;;
      --json) form=json ;;
      --watch) form=watch ;;
      *) wrong_usage "status does not know \"$1\"." "$(cmd_help status)" ;;
    esac
    shift
  done
  load_model
  look_at_containers || explain_silence_of_docker
  case $form in
    watch) if is_live; then watch_table; else watch_changes; fi ;;
    json)
      status_lines "$quick" | status_json
      printf '%s\n' "$CONTAINERS" | awk -F '\t' '$2 !~ /^(healthy|running)$/ { unwell = 1 } END { exit unwell }'
      ;;
    table)
      status_lines "$quick" | status_rows
      lead_on
      ;;
  esac
}

# What look_at_containers saw, and behind it CPUS-USED MEMORY-USED (bytes), or "-".
status_lines() {
  local usage='' ids
  ids=$(printf '%s\n' "$CONTAINERS" | awk -F '\t' '$2 ~ /^(healthy|failing|unhealthy|starting|running)$/ && $9 != "-" { print $9 }')
  # shellcheck disable=SC2086 # one id, one argument
  [[ -n $1 || -z $ids ]] || usage=$(docker stats --no-stream --format '{{.ID}} {{.CPUPerc}} {{.MemUsage}}' $ids) || warn 'Docker has not measured what is used (see above).'
  {
    printf '%s\n' "$usage"
    printf '%s\n' "$CONTAINERS"
  } | awk -F '\t' -v OFS='\t' '
    function bytes(amount,   unit) {
      unit = amount; gsub(/[0-9.]/, "", unit)
      return amount * (unit == "KiB" ? 1024 : unit == "MiB" ? 1048576 : unit == "GiB" ? 1073741824 : unit == "kB" ? 1000 : unit == "MB" ? 1e6 : unit == "GB" ? 1e9 : 1)
    }
    NF == 1 { split($1, part, " "); cpus[part[1]] = part[2] / 100; memory[part[1]] = sprintf("%.0f", bytes(part[3])) }
    NF > 1 { known = substr($9, 1, 12); print $0, (known in cpus) ? cpus[known] : "-", (known in memory) ? memory[known] : "-" }'
}

status_rows() {
  awk -F '\t' -v bold="$BOLD" -v reset="$RESET" -v green="$GREEN" -v red="$RED" -v yellow="$YELLOW" -v dim="$DIM" -v end="${LINE_END:-}" '
    function of(used, allowed, unit, pattern,   what) {
      what = allowed ? sprintf(pattern, allowed / unit) : ""
      if (used != "-") what = sprintf(unit == 1 ? "%.2f" : "%d", used / unit) (what == "" ? "" : "/" what)
      return what == "" ? "-" : what
    }
    BEGIN { printf "%s%-10s %-11s %-16s %8s %5s  %-9s %-13s %s%s%s\n", bold, "SERVICE", "STATE", "SINCE", "RESTARTS", "HEALS", "CPU", "MEMORY MB", "HOST PORTS", reset, end }
    {
      colour = $2 ~ /^(healthy|running)$/ ? green : $2 ~ /^(failing|unhealthy|exited|dead|restarting)$/ ? red : $2 == "absent" ? dim : yellow
      count = split($8, ports, ","); shown = ""
      for (i = 1; i <= count; i++) if (split(ports[i], port, " ") == 3) shown = shown (shown == "" ? "" : ", ") port[2] " → " port[3]
      printf "%-10s %s%-11s%s %-16s %8d %5d  %-9s %-13s %s%s\n", $1, colour, $2, reset, substr($3, 1, 16), $4, $5, \
        of($10, $6, 1, "%g"), of($11, $7, 1048576, "%d"), shown, end
    }'
}

# What to type next, where not all is well.
lead_on() {
  local service state resting=''
  while IFS=$'\t' read -r service state _; do
    case $state in
      healthy | running | starting) ;;
      failing | unhealthy | restarting) hint "$service is not well. Why: ./docker-dev.sh errors and ./docker-dev.sh logs $service" ;;
      *) resting+=" $service" ;;
    esac
  done <<<"$CONTAINERS"
  while IFS= read -r state; do
    [[ -z $state ]] || hint "The application says: $state"
  done < <(application_says 2>/dev/null)
  [[ -z $resting ]] || hint "Not running:$resting. ./docker-dev.sh start starts what is not."
}

# A line for each part that it finds unwell. It sees more than Docker: all its containers may be healthy, and one of them
# know less than the code that is there by now.
application_says() {
  [[ $(container_fact backend 2) =~ ^(healthy|failing)$ ]] || return 0
  # shellcheck disable=SC2016 # Python, not Bash
  docker exec "$(container_fact backend 9)" python -c '
import json
from urllib.error import HTTPError
from urllib.request import urlopen

try:
    answer = urlopen("http://localhost:8000/api/v1/health/", timeout=4)
except HTTPError as error:
    answer = error
for name, check in json.load(answer)["checks"].items():
    if check.get("error"):
        print(name + ": " + check["error"])
' </dev/null
}

# cpus and memory: what it may take, and what it takes, where that was measured. ports: { "container's": "host's" }
status_json() {
  awk -F '\t' -v project="$PROJECT" "$JSON_AWK"'
    function number(value) { return value == "-" ? "null" : value }
    BEGIN { printf "{\"project\":%s,\"services\":[", text(project) }
    {
      printf "%s{\"service\":%s,\"state\":%s,\"since\":%s,\"restarts\":%d,\"heals\":%d,", (NR > 1 ? "," : ""), text($1), text($2), text($3), $4, $5
      printf "\"cpus\":{\"limit\":%s,\"used\":%s},\"memory\":{\"limit\":%s,\"used\":%s},\"ports\":{", $6, number($10), $7, number($11)
      count = split($8, ports, ","); sep = ""
      for (i = 1; i <= count; i++) if (split(ports[i], port, " ") == 3) { printf "%s%s:%d", sep, text(port[3]), port[2]; sep = "," }
      printf "}}"
    }
    END { print "]}" }'
}

# Redraws the table in place. A line that wraps would break that.
watch_table() {
  local drawing drawn=0
  CLEANUPS+=(end_watch_table)
  printf '\033[?25l\033[?7l'
  while :; do
    drawing=$(status_lines '' | LINE_END=$'\033[K' status_rows)
    ((drawn == 0)) || printf '\033[%dA' "$drawn"
    printf '%s\n%s\033[K\n' "$drawing" "${DIM}$(date +%H:%M:%S)  Ctrl-C ends it${RESET}"
    drawn=$(($(printf '%s\n' "$drawing" | wc -l) + 1))
    look_at_containers || explain_silence_of_docker
  done
}

end_watch_table() { printf '\033[?25h\033[?7h'; }

# A line for each change of what is no measurement.
watch_changes() {
  local before='' now line
  while :; do
    now=$(printf '%s\n' "$CONTAINERS" | awk -F '\t' '{ printf "%-10s %s, %d restarts, %d heals\n", $1, $2, $4, $5 }')
    while IFS= read -r line; do
      [[ $'\n'$before$'\n' == *$'\n'$line$'\n'* ]] || printf '%s  %s\n' "$(date +%H:%M:%S)" "$line"
    done <<<"$now"
    before=$now
    sleep "${LOOK_EVERY:-1}"
    look_at_containers || explain_silence_of_docker
  done
}
