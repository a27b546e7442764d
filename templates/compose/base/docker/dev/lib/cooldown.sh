#!/usr/bin/env bash
# A release that harms is mostly found within days: until then it is not locked.

# Days, from the shell or .env.
cooldown() {
  REPLY=${COOLDOWN_DAYS:-$(env_value COOLDOWN_DAYS)}
  REPLY=${REPLY:-7}
  [[ $REPLY =~ ^[0-9]{1,4}$ ]] || wrong_usage "COOLDOWN_DAYS is no number of days: $REPLY" 'Such as COOLDOWN_DAYS=7 in .env; 0 takes every release at once.'
}

# In $REPLY the moment from which on releases are left out; empty where none is. GNU's date and BSD's differ.
cooldown_begin() {
  local moment
  cooldown
  moment=$(($(date +%s) - 86400 * REPLY))
  if [[ $REPLY -eq 0 ]]; then REPLY=''; else REPLY=$(date -u -d "@$moment" +%FT%TZ 2>/dev/null || date -u -r "$moment" +%FT%TZ); fi
}

# After a lock that failed.
tell_cooldown() {
  cooldown
  [[ $REPLY -eq 0 ]] || hint "Releases of the last $REPLY days are left out. With COOLDOWN_DAYS=0 before the command they are not."
}
