#!/usr/bin/env bash
# Why a start failed: the last lines of whoever failed, and the causes that are known by their words.

# explain_failure [SERVICE]: without a service the fault lies with Compose or a build.
explain_failure() {
  local service=$1 evidence container=''
  new_temporary
  evidence=$REPLY
  if [[ -n $service ]]; then
    container=$(container_of "$service")
    bad "$service is not well. Its last lines:"
    [[ -z $container ]] || last_run_of "$container" >"$evidence" 2>&1 || true
  else
    bad 'Docker Compose could not bring the stack up. Its last lines:'
    cat "$UP_LOG" >"$evidence"
  fi
  grep -v '^[[:space:]]*$' "$evidence" | tail -n 20 | sed 's/^/  | /' >&2
  cat "$UP_LOG" >>"$evidence"
  diagnose "$evidence" "$container"
  hint "More: ./docker-dev.sh logs ${service:+$service }  After mending it: ./docker-dev.sh start"
}

# Not what it said in earlier tries: a fault that is mended must not be found again.
last_run_of() {
  docker logs --tail 200 --since "$(docker inspect --format '{{.State.StartedAt}}' "$1")" "$1"
}

diagnose() {
  local evidence=$1 pattern advice
  was_out_of_memory "$2" && advise 'It was killed for want of memory. Raise its ..._MEMORY in .env.'
  while IFS='~' read -r pattern advice; do
    if grep -qiE -- "$pattern" "$evidence"; then
      advise "$advice"
      show_fault "$pattern" "$evidence"
      return
    fi
  done < <(known_causes)
}

advise() { printf '%sLikely cause: %s%s\n' "$YELLOW" "$*" "$RESET" >&2; }

# The kernel kills with 137; Docker itself notes it only if its main process was the victim.
was_out_of_memory() {
  [[ -n $1 ]] || return 1
  [[ $(docker inspect --format '{{.State.OOMKilled}} {{.State.ExitCode}}' "$1") =~ ^true|\ 137$ ]]
}

# For a fault in the project's own Python: the place, which is what one wants to open.
show_fault() {
  [[ $1 == *SyntaxError* ]] || return 0
  grep -E 'File "/app/|^[A-Za-z.]*(Error|Exception)\b' "$2" | tail -n 2 | sed 's/^ */  /; s#"/app/#"backend/#' >&2
}

# Words to find (an extended regular expression) ~ what they mean and what helps. The first wins.
known_causes() {
  cat <<'CAUSES'
password authentication failed~The database's volume holds an older password than .env. "./docker-dev.sh db-password" gives it the new one and keeps the data; "./docker-dev.sh reset" begins anew.
WRONGPASS|NOAUTH Authentication~Redis has another password than .env says. Recreate it: ./docker-dev.sh restart redis
port is already allocated|address already in use|ports are not available~A host port is taken. Set another in .env, such as PROXY_PORT=8080.
no space left on device~The disk is full. "docker system df" shows what Docker holds, "docker system prune" frees what is unused.
is already in use by container~Another project has containers of the same name. Set another COMPOSE_PROJECT_NAME in .env.
database files are incompatible|in 18\+, these Docker images~The database's volume was made by another version of PostgreSQL. Set its POSTGRES_IMAGE in .env, back up, then "./docker-dev.sh reset" and restore.
exec [^ ]*: (no such file|exec format)|bad interpreter~A script has Windows line ends, or was built for another processor. "git config core.autocrlf false" and a fresh checkout mend the first.
Conflicting migrations|InconsistentMigrationHistory~The migrations disagree. For two branches: ./docker-dev.sh manage makemigrations --merge
SyntaxError|IndentationError|ModuleNotFoundError|ImportError|NameError|ImproperlyConfigured~The backend's code does not load. If a package is missing, rebuild: ./docker-dev.sh rebuild backend
permission denied|EACCES|Read-only file system~A container may not write a folder of yours. It runs with APP_UID and APP_GID of .env: they should be "id -u" and "id -g".
Temporary failure in name resolution|NewConnectionError|ReadTimeoutError|EAI_AGAIN|ENOTFOUND|ETIMEDOUT|ECONNRESET|i/o timeout|TLS handshake timeout~A download failed: is there a network, or a proxy in between that Docker must know?
pull access denied|manifest (unknown|for )|failed to resolve source metadata~An image cannot be had. Check the network and the ..._IMAGE values in .env.
\[emerg\]~nginx refuses its configuration; the line above names the file and the line.
is missing a value|variable is not set~.env lacks a value. Compare it with .env.example.
CAUSES
}
