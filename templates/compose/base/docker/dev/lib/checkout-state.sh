#!/usr/bin/env bash
# How each checkout of this repository is: what `worktree list` tells.

# FOLDER BRANCH PROJECT URL STATE BYTES of each checkout; "-" stands for nothing.
checkout_lines() {
  local folder branch project url containers sizes
  containers=$(docker ps -a --filter "label=$PROJECT_LABEL" --filter label=com.docker.compose.oneoff=False \
    --format "{{.Label \"$PROJECT_LABEL\"}}\t{{.State}}\t{{.Status}}") || explain_silence_of_docker
  sizes=$(sizes_of_data)
  while IFS=$'\t' read -r folder branch _; do
    project=$(value_of COMPOSE_PROJECT_NAME "$folder/.env")
    url=-
    [[ -z $project ]] || url=$(url_of_checkout "$folder")
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$folder" "$branch" "${project:--}" "$url" \
      "$(state_of_project "${project:--}" "$containers")" "$(bytes_of_project "${project:--}" "$sizes")"
  done <<<"$CHECKOUTS"
}

url_of_checkout() {
  local port
  port=$(value_of PROXY_PORT "$1/.env")
  if [[ ${port:-80} == 80 ]]; then port=''; else port=:$port; fi
  printf 'http://localhost%s' "$port"
}

# One word for all containers of a project.
state_of_project() {
  printf '%s\n' "$2" | awk -F '\t' -v project="$1" '
    $1 != project { next }
    { all++ }
    $2 == "running" { up++ }
    $3 ~ /\(health: starting\)/ { starting++ }
    $3 ~ /\(unhealthy\)/ || $2 == "restarting" { unwell++ }
    END { print !all ? "absent" : !up && !unwell ? "stopped" : unwell || up < all ? "unwell" : starting ? "starting" : "healthy" }'
}

# NAME KB of the database and the uploaded files of every project of a checkout, measured by one passing container.
sizes_of_data() {
  local folder project volume volumes image mounts=()
  [[ -e .env ]] || return 0
  load_model
  image=$(image_of db)
  docker image inspect "$image" >/dev/null 2>&1 || return 0
  volumes=$(docker volume ls -q) || return 0
  while IFS=$'\t' read -r folder _; do
    project=$(value_of COMPOSE_PROJECT_NAME "$folder/.env")
    volume=$(value_of POSTGRES_VOLUME "$folder/.env")
    for volume in "${volume:-$project-postgres-data}" "$project-backend-media"; do
      [[ -z $project || $'\n'$volumes$'\n' != *$'\n'$volume$'\n'* ]] || mounts+=(--volume "$volume:/sizes/$project/$volume:ro")
    done
  done <<<"$CHECKOUTS"
  [[ ${#mounts[@]} -gt 0 ]] || return 0
  docker run --rm --network none --user 0:0 --entrypoint sh "${mounts[@]}" "$image" -c 'cd /sizes && du -sk -- *' </dev/null |
    awk '{ print $2 "\t" $1 }'
}

bytes_of_project() { printf '%s\n' "$2" | awk -F '\t' -v project="$1" '$1 == project { bytes = $2 * 1024 } END { print bytes ? sprintf("%.0f", bytes) : "-" }'; }
