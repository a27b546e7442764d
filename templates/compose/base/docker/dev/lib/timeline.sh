#!/usr/bin/env bash
# When each service was created, started and healthy, from the engine's own events: where the time of a start goes.

EVENTS_BEGIN=''

begin_timeline() {
  EVENTS_BEGIN=$(docker info --format '{{.SystemTime}}') || {
    require_docker
    fail 'Docker does not tell the time (see above).'
  }
}

# Seconds since begin_timeline. What Compose and this script take is what no service does: before the first container
# is created, and behind the last that becomes healthy.
show_timeline() {
  local now
  now=$(docker info --format '{{.SystemTime}}') || return 0
  finish_events
  title 'Seconds since the start began'
  {
    printf 'begin\t%s\nend\t%s\n' "$(clock_of "$EVENTS_BEGIN")" "$(clock_of "$now")"
    service_names | sed $'s/^/service\t/'
    printf '%s' "$EVENTS"
  } | awk -F '\t' '
    # Seconds within the day, and within a day of the beginning whatever the day.
    function since(seconds) { seconds -= begin; while (seconds < -43200) seconds += 86400; return seconds }
    $1 == "begin" { begin = $2; next }
    $1 == "end" { end = since($2); next }
    $1 == "service" { order[++count] = $2; next }
    {
      at = since(substr($1, 1, length($1) - 9) % 86400 + substr($1, length($1) - 8) / 1e9)
      what = $2 ~ /unhealthy/ ? "" : $2 ~ /healthy/ ? "healthy" : $2
      if (what == "" || (($3, what) in time)) next
      time[$3, what] = at
      if (what == "create" && (first == "" || at < first)) first = at
      if (what == "healthy" && at > last) last = at
    }
    function cell(service, what) { return (service, what) in time ? sprintf("%9.2f", time[service, what]) : sprintf("%9s", "-") }
    END {
      printf "%-12s%9s%9s%9s\n", "service", "created", "started", "healthy"
      for (i = 1; i <= count; i++) print sprintf("%-12s", order[i]) cell(order[i], "create") cell(order[i], "start") cell(order[i], "healthy")
      if (first != "") printf "before the first container %.2f, behind the last %.2f, in all %.2f\n", first, end - last, end
      else printf "no container had to be created; in all %.2f\n", end
    }'
}

# Seconds of the day in "2026-11-24T14:05:06.123456789Z".
clock_of() { printf '%s\n' "$1" | awk -F '[T:Z]' '{ print $2 * 3600 + $3 * 60 + $4 }'; }
