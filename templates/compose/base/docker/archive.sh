#!/bin/sh
# PostgreSQL's log (WAL), kept in /archive as it goes, and the database as it was at any moment of it: docs/recovery.md.
#   keep PATH NAME     archive_command
#   fetch NAME PATH    restore_command
#   base N             all files, to recover from; the newest N stay, and the log since the oldest of them
#   recover BASE TIME  in the place of what is there; "end" is as far as the log goes
#   put_back BEFORE    what was there before
set -eu
umask 077
WAL=/archive/wal BASES=/archive/base

# PostgreSQL asks again for what failed, and after a crash for what is here: the same is fine, another is not.
keep() {
  mkdir -p "$WAL"
  if [ -e "$WAL/$2.gz" ]; then
    gzip -dc "$WAL/$2.gz" | cmp "$1" -
    return
  fi
  gzip -1c "$1" >"$WAL/$2.part"
  sync "$WAL/$2.part"
  mv "$WAL/$2.part" "$WAL/$2.gz"
  sync "$WAL"
}

# 1 is the end of the log, which a file that cannot be read is not: beyond 125 PostgreSQL gives up.
fetch() {
  [ -e "$WAL/$1.gz" ] || exit 1
  gzip -dc "$WAL/$1.gz" >"$2" || exit 200
}

base() {
  [ "$1" -ge 1 ] || fail 'base needs a number, 1 or more: how many of them stay.'
  [ "$(psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --tuples-only --no-align --command 'SHOW archive_mode')" = on ] ||
    fail 'PostgreSQL keeps no log here: archive_mode is off.'
  mkdir -p "$BASES"
  exec 9>/archive/lock
  flock -n 9 || fail 'Another base is being made.'
  rm -rf "$BASES"/*.part # of one that was cut off
  name=$(date -u +%Y%m%d-%H%M%S)
  # It waits until the log that belongs to it is here.
  pg_basebackup --username "$POSTGRES_USER" --no-password --pgdata "$BASES/$name.part" --format tar --gzip --wal-method none --checkpoint fast
  ! ls "$BASES/$name.part"/[0-9]*.tar.gz >/dev/null 2>&1 || fail 'There is a tablespace, which cannot be recovered from here.'
  mv "$BASES/$name.part" "$BASES/$name"
  for old in $(bases | head -n "-$1"); do rm -r "${BASES:?}/$old"; done
  pg_archivecleanup -x .gz "$WAL" "$(tar -xzOf "$BASES/$(bases | head -n 1)/base.tar.gz" backup_label | sed -n 's/^START WAL.*(file \(.*\))$/\1/p')"
  echo "Made the base $name. There are: $(bases | xargs)"
}

recover() {
  base=$BASES/$1/base.tar.gz time=
  [ "$2" = end ] || time=$(date -u -d "$2" '+%F %T+00') || fail 'Nothing was changed.'
  [ -f "$base" ] || fail "There is no such base. There are: $(bases | xargs)"
  gzip -t "$base" || fail 'The base is damaged. Nothing was changed.'
  set_aside
  tar -xzf "$base" -C "$PGDATA"
  for file in "/archive/$before"/pg_wal/[0-9A-F]*; do [ ! -f "$file" ] || cp "$file" "$PGDATA/pg_wal/"; done # what was not kept yet
  # It keeps its log while it recovers, too: a new one begins, and says where.
  pg_ctl start --silent --timeout 999999 --options "-c hot_standby=off -c recovery_target_time='$time' -c recovery_target_action=promote \
    -c restore_command='sh $0 fetch %f %p' -c archive_mode=on -c archive_command='sh $0 keep %p %f'"
  # pg_ctl does not wait for the end of it.
  until pg_isready --quiet; do
    pg_ctl status >/dev/null
    sleep 1
  done
  pg_ctl stop --silent --mode fast
  done_with 'Recovered.'
}

put_back() {
  there=/archive/before-${1#before-}
  [ -d "$there" ] || fail "There is no ${there##*/} in the archive."
  set_aside
  cp -a "$there/." "$PGDATA"
  rm "$PGDATA/recovery.signal"
  done_with "As it was in $1."
}

# Keeps what is there, but for what a try before this one has left half-done, and empties the folder.
set_aside() {
  ! getent hosts db >/dev/null || fail 'The database runs. First: ./docker-dev.sh prod down'
  if [ ! -e "$PGDATA/recovery.signal" ]; then
    before=before-$(date -u +%Y%m%d-%H%M%S)
    mkdir -p "$PGDATA"
    cp -a "$PGDATA" "/archive/$before.part"
    mv "/archive/$before.part" "/archive/$before"
    # First: on half of the files PostgreSQL does not start with it, nor does it make a new database where there are none yet.
    touch "$PGDATA/recovery.signal"
  fi
  before=$(kept | tail -n 1)
  echo "What was there is kept as $before."
  trap 'echo "Not done (see above). Try again, or: archive put_back $before" >&2' EXIT
  find "$PGDATA" -mindepth 1 ! -name recovery.signal -delete
  chmod 700 "$PGDATA" # a new volume's is not
}

done_with() {
  trap - EXIT
  echo "$1 Go on with: ./docker-dev.sh prod up"
}

bases() { (cd "$BASES" && ls -d -- *[0-9]) 2>/dev/null || true; }

kept() { (cd /archive && ls -d before-*[0-9]) 2>/dev/null || true; }

fail() {
  echo "$1" >&2
  exit 1
}

"$@"
