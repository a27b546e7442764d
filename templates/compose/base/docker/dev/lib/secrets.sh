#!/usr/bin/env bash
# Keeps secrets off the screen, and out of argument lists, which `ps` shows to everybody.

# hide_secrets: from standard input to standard output. A value is hidden under whatever name it stands, and a
# name that speaks of a secret hides whatever value it has: one that comes from the shell, or is quoted in .env.
hide_secrets() {
  HIDDEN=$(secret_values) awk '
    BEGIN { count = split(ENVIRON["HIDDEN"], hidden, "\n") }
    function replace(line, value,   at, head) {
      while ((at = index(line, value)) > 0) {
        head = head substr(line, 1, at - 1) "********"
        line = substr(line, at + length(value))
      }
      return head line
    }
    {
      for (i = 1; i <= count; i++) if (hidden[i] != "") $0 = replace($0, hidden[i])
      if (match($0, /^ *[A-Za-z0-9_]*(PASSWORD|SECRET|TOKEN|AUTH|PRIVATE_KEY|SECRET_KEY): /) && !/: ("")?$/)
        $0 = substr($0, 1, RLENGTH) "********"
      print
    }'
}

# The values of all that .env.example leaves empty: in .env, with and without quotes, and in the shell, which goes
# before .env.
secret_values() {
  local name value
  for name in $(secret_names); do
    value=$(env_value "$name")
    printf '%s\n%s\n' "${!name:-}" "$value"
    value=${value#[\"\']}
    printf '%s\n' "${value%[\"\']}"
  done
}
