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

make_certificate() {
  local hosts host names=''
  hosts=$(prod_value DJANGO_ALLOWED_HOSTS)
  [[ -n $hosts ]] || fail 'DJANGO_ALLOWED_HOSTS in .env.prod says for which names, and is empty.'
  [[ -z $(prod_value TLS_CERTIFICATE) ]] || fail '.env.prod names a certificate of yours: TLS_CERTIFICATE.'
  for host in ${hosts//,/ }; do
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
