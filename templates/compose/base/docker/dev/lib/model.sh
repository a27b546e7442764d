#!/usr/bin/env bash
# The services as Compose has resolved them: who needs whom, who builds, what is published.
#
# Lines of "project NAME", "service NAME", "needs SERVICE OTHER", "special SERVICE" (more than waiting for
# healthy services and a start), "image SERVICE IMAGE", "user SERVICE UID:GID", "builds SERVICE", "argument NAME VALUE" (of a build),
# "port SERVICE ADDRESS HOST CONTAINER", "volume KEY NAME", "password VALUE" (the database's), separated by tabs.

# resolve_model [FLAGS…]: prints them; fails as Compose fails.
resolve_model() {
  docker compose "$@" config | awk -v OFS='\t' '
    function value(line) { sub(/^[^:]*: */, "", line); gsub(/"/, "", line); return line }
    function key(word) { sub(/:$/, "", word); return word }
    function port() { if (target != "" && host != "") print "port", service, ip, host, target
                      ip = host = target = "" }
    /^name: / { print "project", value($0) }
    /^[a-z]/ { port(); section = $1; block = "" }
    section == "services:" && /^  [^ ]/ { port(); service = key($1); block = ""; print "service", service }
    section == "services:" && /^    [^ ]/ { port(); block = $1 }
    section == "services:" && /^    image: / { print "image", service, value($0) }
    block == "build:" && /^        [A-Z_]+: / { print "argument", key($1), value($0) }
    section == "services:" && /^    user: / { print "user", service, value($0) }
    section == "services:" && /^    build:/ { print "builds", service }
    service == "db" && block == "environment:" && /^      POSTGRES_PASSWORD: / { print "password", value($0) }
    block == "depends_on:" && /^      [^ ]/ { print "needs", service, key($1) }
    block == "depends_on:" && /^        condition: / && $2 != "service_healthy" { print "special", service }
    section == "services:" && /^    (post_start|configs|secrets):/ { print "special", service }
    block == "ports:" && /^      - / { port() }
    block == "ports:" && / host_ip: / { ip = value($0) }
    block == "ports:" && / published: / { host = value($0) }
    block == "ports:" && / target: / { target = value($0) }
    section == "volumes:" && /^  [^ ]/ { volume = key($1) }
    section == "volumes:" && /^    name: / { print "volume", volume, value($0) }
    END { port() }'
}

# model_of KIND [FIRST]: what stands behind KIND (and FIRST), one a line.
model_of() {
  printf '%s\n' "$MODEL" | awk -F '\t' -v kind="$1" -v first="${2:-}" -v given="$#" '
    $1 == kind && given == 1 { print $2 }
    $1 == kind && given == 2 && $2 == first { print $3 }'
}

# Every active service, each behind those that it needs: the order in which they come up. Where the need
# leaves it open, they stand as in the model.
service_names() {
  printf '%s\n' "$MODEL" | awk -F '\t' '
    $1 == "service" { all[++count] = $2; active[$2] = 1 }
    $1 == "needs" { needs[$2] = needs[$2] $3 " " }
    function is_next(service,   list, i, length_of) {
      length_of = split(needs[service], list, " ")
      for (i = 1; i <= length_of; i++) if (list[i] in active && !(list[i] in done)) return 0
      return 1
    }
    END {
      for (left = count; left > 0; left--) {
        for (i = 1; i <= count; i++) if (!(all[i] in done) && is_next(all[i])) break
        print all[i]; done[all[i]] = 1
      }
    }'
}

# with_needs SERVICES…: they and all that they need, in the order in which they come up.
with_needs() { related 3 2 "$@"; }

# dependents_of SERVICE: all that need it, directly or through another.
dependents_of() { related 2 3 "$@" | grep -vx -- "$1" || true; }

# related TO FROM SERVICES…: they and all that can be reached from them over the needs, from column FROM to column TO.
related() {
  local to=$1 from=$2
  shift 2
  {
    service_names | sed $'s/^/order\t/'
    printf 'found\t%s\n' "$@"
    printf '%s\n' "$MODEL"
  } | awk -F '\t' -v to="$to" -v from="$from" '
    $1 == "order" { order[++count] = $2 }
    $1 == "found" { found[$2] = 1 }
    $1 == "needs" { start[++edges] = $from; end[edges] = $to }
    END {
      do {
        grew = 0
        for (i = 1; i <= edges; i++)
          if (start[i] in found && !(end[i] in found)) { found[end[i]] = 1; grew = 1 }
      } while (grew)
      for (i = 1; i <= count; i++) if (order[i] in found) print order[i]
    }'
}

# builders_for SERVICES…: those that build the images of SERVICES, also where one uses an image that another builds.
builders_for() {
  {
    printf 'wanted\t%s\n' "$@"
    printf '%s\n' "$MODEL"
  } | awk -F '\t' '
    $1 == "wanted" { wanted[$2] = 1 }
    $1 == "builds" { builds[$2] = 1 }
    $1 == "image" { image[$2] = $3; if ($2 in wanted) images[$3] = 1 }
    END { for (service in builds) if (service in wanted || (service in image && image[service] in images)) print service }' |
    sort
}

image_of() { model_of image "$1"; }

# users_of SERVICE: it and all others that run in the same image. A new one is for all of them.
users_of() {
  printf '%s\n' "$MODEL" | awk -F '\t' -v image="$(image_of "$1")" '$1 == "image" && $3 == image { print $2 }'
}

# SERVICE ADDRESS HOST CONTAINER of every published port.
published_ports() {
  printf '%s\n' "$MODEL" | awk -F '\t' -v OFS='\t' '$1 == "port" { print $2, ($3 == "" ? "*" : $3), $4, $5 }'
}

# volume_of KEY: the name that a volume of docker-compose.yml has in Docker.
volume_of() { model_of volume "$1"; }

require_service() {
  load_model
  service_names | grep -qx -- "$1" ||
    wrong_usage "There is no service \"$1\"." "There are: $(service_names | tr '\n' ' ')"
}
