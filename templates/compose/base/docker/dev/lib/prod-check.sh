#!/usr/bin/env bash
# All that must not go into production, named at once and before anything is started.

refuse_unfit_production() {
  local faults
  faults=$(production_faults)
  if [[ -z $faults ]]; then
    take_certificate
    return
  fi
  while IFS= read -r fault; do bad "$fault"; done <<<"$faults"
  end_with 1 'Nothing was started.' 'Mend these in .env.prod, then: ./docker-dev.sh prod check'
}

# A line for each.
production_faults() {
  local hosts debug preload seconds
  hosts=$(prod_value DJANGO_ALLOWED_HOSTS) debug=$(prod_value DJANGO_DEBUG)
  case $hosts in
    '') say 'DJANGO_ALLOWED_HOSTS is missing: the host names of the site.' ;;
    *'*'*) say 'DJANGO_ALLOWED_HOSTS has a "*": any name would do, which makes forged links possible.' ;;
  esac
  case $debug in
    '' | 0 | false | no | off) ;;
    *) say "DJANGO_DEBUG is $debug: a crash would show its code and settings to everybody." ;;
  esac
  preload=$(prod_value DJANGO_HSTS_PRELOAD) seconds=$(prod_value DJANGO_HSTS_SECONDS)
  [[ -z $preload || $preload == 0 || ${seconds:-3600} -ge 31536000 ]] ||
    say 'DJANGO_HSTS_PRELOAD is on with DJANGO_HSTS_SECONDS below a year (31536000): what cannot be taken back is not for trying out.'
  proxy_faults
  secret_faults
  certificate_faults
  connection_faults
  node_faults
  file_faults
}

# nginx would not start with it.
proxy_faults() {
  local address
  while IFS= read -r address; do
    [[ -z $address || $address =~ ^[0-9a-fA-F.:]+(/[0-9]+)?$ ]] || say "TRUSTED_PROXIES has \"$address\": an address is needed, or a network such as 10.0.0.0/8."
  done < <(prod_value TRUSTED_PROXIES | tr -d ' ' | tr , '\n')
}

secret_faults() {
  local name value file
  for name in DJANGO_SECRET_KEY POSTGRES_PASSWORD REDIS_PASSWORD EMAIL_HOST_PASSWORD SENTRY_DSN; do
    file=$PROD/secrets/$(printf '%s' "$name" | tr '[:upper:]' '[:lower:]')
    [[ -z $(prod_value "$name") ]] || say "$name is set as a variable: production's lies in ${file#"$ROOT/"}."
    case $name in EMAIL_HOST_PASSWORD | SENTRY_DSN) continue ;; esac # somebody else's, or empty
    value=$(cat "$file" 2>/dev/null)
    if [[ ${#value} -lt 32 || $value == django-insecure* || $value == change* || $value == example* ]]; then
      say "${file#"$ROOT/"} is a placeholder or shorter than 32 characters."
    elif [[ -e .env && $value == "$(env_value "$name")" ]]; then
      say "${file#"$ROOT/"} is development's: whoever has this checkout would have production."
    fi
  done
}

certificate_faults() {
  local certificate key
  certificate=$(prod_value TLS_CERTIFICATE) key=$(prod_value TLS_KEY)
  if [[ -n $certificate$key ]]; then
    [[ -r $certificate && -r $key ]] || {
      say "TLS_CERTIFICATE and TLS_KEY have to name two files that you can read: \"$certificate\" and \"$key\"."
      return
    }
  else
    certificate=$TLS/certificate.pem key=$TLS/key.pem
  fi
  if [[ ! -s $certificate || ! -s $key ]]; then
    say 'There is no certificate: name yours by TLS_CERTIFICATE and TLS_KEY, or run ./docker-dev.sh prod certificate --self-signed.'
  elif ! pair_fits "$certificate" "$key"; then
    say 'The certificate and the key do not belong together, or are none.'
  elif ! openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null 2>&1; then
    say 'The certificate has expired.'
  fi
}

# One more than there are: while a deployment replaces the backend, the old one and the new one are both there.
connection_faults() {
  local cpus processes pool most sum replicas=${REPLICAS:-1} extra=10
  cpus=$(prod_value BACKEND_CPUS) processes=$(prod_value BACKEND_PROCESSES)
  pool=$(prod_value POSTGRES_POOL_SIZE) most=$(prod_value POSTGRES_MAX_CONNECTIONS)
  # As in backend/gunicorn_config.py.
  [[ -n $processes ]] || processes=$(awk -v cpus="${cpus:-2}" 'BEGIN { up = int(cpus); print 2 * (up < cpus ? up + 1 : up) + 1 }')
  pool=${pool:-4} most=${most:-60}
  # slot: connections
  sum=$(((replicas + 1) * processes * pool + extra))
  [[ $sum -le $most ]] ||
    say "$((replicas + 1)) × $processes processes with $pool connections each and $extra for all else are $sum: POSTGRES_MAX_CONNECTIONS is $most. Lower BACKEND_PROCESSES or POSTGRES_POOL_SIZE, or raise it together with DB_MEMORY."
}

# Of a swarm: what has no node would be waited for.
node_faults() {
  local proxies
  [[ -n ${NODES:-} ]] || return 0
  proxies=$(prod_value PROXY_REPLICAS)
  [[ ${proxies:-2} -le $NODES ]] ||
    say "PROXY_REPLICAS is ${proxies:-2}, one on each node, and the nodes that answer are $NODES: lower it, at least until there are more."
  [[ $(docker node ls --filter node.label=data=true --format '{{.Status}}') == *Ready* ]] ||
    say 'The node with the data does not answer: docker node ls tells which that is.'
}

file_faults() {
  [[ -z $(find .env.prod "$PROD" "$PROD/secrets" -prune -perm -0004 2>/dev/null) &&
  -z $(find .env.prod "$PROD" "$PROD/secrets" -prune -perm -0001 2>/dev/null) ]] ||
    say 'Others on this machine can read .env.prod or .prod: chmod 600 .env.prod, chmod 700 .prod .prod/secrets.'
}
