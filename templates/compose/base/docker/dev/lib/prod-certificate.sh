#!/usr/bin/env bash
# The certificate that nginx uses: a copy in .prod/tls, so that nginx, which is not root, can read the key, and so that a
# renewed file, which is another one under the same name, is taken up by a reload.

# Copies what .env.prod names. Nothing that does not fit takes the place of what does.
take_certificate() {
  local certificate key
  certificate=$(prod_value TLS_CERTIFICATE) key=$(prod_value TLS_KEY)
  [[ -n $certificate ]] || return 0
  if ! pair_fits "$certificate" "$key"; then
    fail "$certificate and $key cannot be read or do not belong together; what nginx has stays." '.env.prod names them.'
  fi
  install_pair "$certificate" "$key" || fail "$TLS cannot be written (see above)."
}

install_pair() {
  (umask 077 && cp "$1" "$TLS/certificate.new" && cp "$2" "$TLS/key.new") || return 1
  chmod 600 "$TLS/key.new"
  [[ $(id -u) -ne 0 ]] || chown -R "$(prod_value APP_UID):$(prod_value APP_GID)" "$TLS" "$PROD/acme"
  mv -f "$TLS/certificate.new" "$TLS/certificate.pem" && mv -f "$TLS/key.new" "$TLS/key.pem"
}

pair_fits() {
  local public
  command -v openssl >/dev/null || tool_missing 'openssl is missing.' 'It is in the package of that name.'
  public=$(openssl x509 -in "$1" -noout -pubkey 2>/dev/null) && [[ -n $public && $public == "$(openssl pkey -in "$2" -pubout 2>/dev/null)" ]]
}

# Puts the names of the site into REPLY.
read_names() {
  REPLY=$(prod_value DJANGO_ALLOWED_HOSTS)
  [[ -n $REPLY ]] || fail 'DJANGO_ALLOWED_HOSTS in .env.prod says for which names, and is empty.'
  [[ -z $(prod_value TLS_CERTIFICATE) ]] || fail '.env.prod names a certificate of yours: TLS_CERTIFICATE.'
  REPLY=${REPLY//,/ }
}

make_certificate() {
  local host names=''
  read_names
  for host in $REPLY; do
    case $host in
      .*) names+=",DNS:${host#.},DNS:*$host" ;;
      *[!0-9.]*) names+=",DNS:$host" ;;
      *) names+=",IP:$host" ;;
    esac
  done
  new_temporary_folder "$TLS/made"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj "/CN=${names##*:}" \
    -addext "subjectAltName=${names#,}" -keyout "$REPLY/key" -out "$REPLY/certificate" 2>"$REPLY/log" ||
    fail "No certificate could be made: $(tail -n 1 "$REPLY/log")"
  install_pair "$REPLY/certificate" "$REPLY/key" || fail "$TLS cannot be written (see above)."
  good 'Made a certificate for 90 days. Browsers warn of it: it is for trying out only.'
}

# ask_acme [certbot's arguments…]: asks only where there is none yet, or it ends within a month. The proof is looked for on
# port 80, so nginx has to run, with whichever certificate. Names without a dot, and addresses, get none from anybody.
ask_acme() {
  local host names=() live=$PROD/letsencrypt/live/site
  read_names
  for host in $REPLY; do
    case $host in
      .*) fail "$host stands for every name below it: that takes a proof by DNS, and an ACME client of your own (TLS_CERTIFICATE)." ;;
      *[!0-9.]*) [[ $host != *.* ]] || names+=(--domain "$host") ;;
    esac
  done
  [[ ${#names[@]} -gt 0 ]] || fail 'DJANGO_ALLOWED_HOSTS in .env.prod has no name that others know.'
  find_running proxy
  [[ -n $REPLY ]] || fail 'nginx is not running, and shows the proof.' \
    './docker-dev.sh prod certificate --self-signed, then prod up, then this again'
  [[ $(id -u) -ne 0 ]] || chown -R "$(prod_value APP_UID):$(prod_value APP_GID)" "$PROD/acme" "$PROD/letsencrypt"
  docker compose --progress plain build --quiet certbot </dev/null || fail 'certbot could not be built (see above).'
  docker compose run --rm -T certbot certonly --webroot --webroot-path /srv/acme --cert-name site --keep-until-expiring \
    --renew-with-new-domains --non-interactive --agree-tos --register-unsafely-without-email "${names[@]}" "$@" </dev/null ||
    fail 'There is no new certificate (see above); what nginx has stays.'
  if ! pair_fits "$live/fullchain.pem" "$live/privkey.pem"; then fail "certbot left no certificate with its key in $live."; fi
  install_pair "$live/fullchain.pem" "$live/privkey.pem" || fail "$TLS cannot be written (see above)."
}
