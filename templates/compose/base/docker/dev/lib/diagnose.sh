#!/usr/bin/env bash
# Why a start failed: the last lines of whoever failed, and the causes that are known by their words.

# explain_failure [SERVICE]: without a service the fault lies with Compose or a build.
explain_failure() {
  local service=$1 evidence container=''
  new_temporary
  evidence=$REPLY
  if [[ -n $service ]]; then
    container=$(container_of "$service") || container=''
    bad "$service is not well. Its last lines:"
    [[ -z $container ]] || telling_run_of "$container" >"$evidence" 2>&1 || true
  else
    bad 'Docker Compose could not bring the stack up. Its last lines:'
    cat "$UP_LOG" >"$evidence"
  fi
  show_last_lines "$evidence" >&2
  cat "$UP_LOG" >>"$evidence"
  diagnose "$evidence" "$container"
  hint "More: ./docker-dev.sh logs ${service:+$service }  After mending it: ./docker-dev.sh start"
}

show_last_lines() {
  local lines
  lines=$(sed '/^[[:space:]]*$/d' "$1" | tail -n 20)
  [[ -n $lines ]] || lines='(it has said nothing)'
  printf '%s\n' "$lines" | sed 's/^/  | /'
}

# What it said since it was last started; of a container that ended since, that is the run which died.
present_run_of() {
  docker logs --tail 200 --since "$(docker inspect --format '{{.State.StartedAt}}' "$1")" "$1"
}

# The run that died is what tells: the newest of a container that keeps crashing has said nothing yet. A run
# from before this start is not asked, for its fault may be mended.
telling_run_of() {
  local started ended restarts begun=${BEGUN:-2000-01-01T00:00:00}
  IFS=' ' read -r started ended restarts < <(docker inspect --format '{{.State.StartedAt}} {{.State.FinishedAt}} {{.RestartCount}}' "$1")
  if [[ ${restarts:-0} =~ ^[1-9] && $ended > $begun && $ended < $started ]]; then
    docker logs --since "${begun}Z" --until "$ended" "$1" 2>&1 | tail -n 200
    docker logs --since "$ended" "$1" 2>&1 | tail -n 200
  else
    docker logs --tail 200 --since "$started" "$1"
  fi
}

diagnose() {
  local evidence=$1 pattern advice
  explain_kill "$2"
  while IFS='~' read -r pattern advice; do
    if grep -qiE -- "$pattern" "$evidence"; then
      advise "$advice"
      show_fault "$pattern" "$evidence"
      return
    fi
  done < <(known_causes)
}

advise() { printf '%sLikely cause: %s%s\n' "$YELLOW" "$*" "$RESET" >&2; }

# 137 is a kill, and who killed is asked: the kernel for want of memory, the service's own health check, or
# somebody else, such as a stop with a time limit. Docker marks the container only if its main process was the
# victim; its events know of the others.
explain_kill() {
  local state
  [[ -n $1 ]] || return 0
  state=$(docker inspect --format '{{.State.OOMKilled}} {{.State.ExitCode}}' "$1" 2>/dev/null) || return 0
  if [[ $state == true* || ($state == *' 137' && $(oom_events "$1") == *oom*) ]]; then
    advise 'It was killed for want of memory. Raise its ..._MEMORY in .env.'
  elif [[ $state == *' 137' ]] && docker logs --tail 50 "$1" 2>&1 | grep -q 'healthcheck: .*ending this container'; then
    advise 'It did not answer, so its health check ended it. HEAL_ON=never in .env leaves it as it is, to be looked at.'
  fi
}

oom_events() {
  docker events --since 10m --until 0s --filter "container=$1" --filter event=oom --format '{{.Action}}' 2>/dev/null || true
}

# The line that told, where it is not a matter of course: for the project's own Python the place, which one wants to open.
show_fault() {
  if [[ $1 == *SyntaxError* || $1 == *ModuleNotFound* ]]; then
    sed -nE '/File "\/app\/|^[A-Za-z_.]*(Error|Exception|Improperly[A-Za-z]*)\b/p' "$2" | tail -n 2 | sed 's/^ */  /; s#"/app/#"backend/#' >&2
  else
    grep -iE -m 1 -- "$1" "$2" | sed 's/^ */  /' | cut -c 1-200 >&2 || true
  fi
}

# Words to find (an extended regular expression) ~ what they mean and what helps. The first wins.
known_causes() {
  cat <<'CAUSES'
password authentication failed~The database's volume holds an older password than .env. "./docker-dev.sh db-password" gives it the new one and keeps the data; "./docker-dev.sh reset" begins anew, after a backup.
WRONGPASS|NOAUTH Authentication~Redis has another password than .env says. Recreate it: ./docker-dev.sh restart redis
port is already allocated|address already in use|ports are not available~A host port is taken. Which, and by whom, says: ./docker-dev.sh doctor
no space left on device~The disk is full. "docker system df" shows what Docker holds, "docker system prune" frees what is unused.
is already in use by container~Another project has containers of the same name. Set another COMPOSE_PROJECT_NAME in .env.
database files are incompatible|in 18\+, these Docker images~The database's volume was made by another version of PostgreSQL. Set its POSTGRES_IMAGE in .env, then: ./docker-dev.sh backup. docs/operations.md tells the rest.
npm ci. can only install packages when|Missing: [^ ]* from lock file|lock file.s [^ ]* does not satisfy~frontend/package.json and its lock do not agree. Lock what it asks for: ./docker-dev.sh lock frontend
THESE PACKAGES DO NOT MATCH THE HASHES|all requirements must have their versions pinned~backend/requirements/*.in and their locks do not agree. Lock what they ask for: ./docker-dev.sh lock backend
exec [^ ]*: (no such file|exec format)|bad interpreter~A script has Windows line ends, or was built for another processor. "git config core.autocrlf false" and a fresh checkout mend the first.
Conflicting migrations~Migrations of two branches follow the same one. Merge them: ./docker-dev.sh makemigrations --merge --noinput
InconsistentMigrationHistory~A migration was put beneath one that the database has. Make it follow instead ("dependencies" in its file), or begin anew, after a backup: ./docker-dev.sh reset
NodeNotFoundError~A migration follows one that this checkout lacks. Bring that file (git log --all -- "backend/apps/*/migrations/*"), or make it follow another ("dependencies" in its file).
ModuleNotFoundError~A package is missing. If you need it: ./docker-dev.sh add backend PACKAGE. If it is named in backend/requirements/*.in: ./docker-dev.sh lock backend
SyntaxError|IndentationError|ImportError|NameError|ImproperlyConfigured~The backend's code does not load. Saving the mended file is enough.
permission denied|EACCES|Read-only file system~A container may not write a folder of yours. It runs with APP_UID and APP_GID of .env: they should be "id -u" and "id -g".
Temporary failure in name resolution|NewConnectionError|ReadTimeoutError|EAI_AGAIN|ENOTFOUND|ETIMEDOUT|ECONNRESET|i/o timeout|TLS handshake timeout~A download failed: is there a network, or a proxy in between that Docker must know?
pull access denied|manifest (unknown|for )|failed to resolve source metadata~An image cannot be had. Check the network and the ..._IMAGE values in .env.
\[emerg\]~nginx refuses its configuration; the line below names the file and the line.
is missing a value|variable is not set~.env lacks a value. Compare it with .env.example.
CAUSES
}
