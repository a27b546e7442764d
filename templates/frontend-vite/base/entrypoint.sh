#!/bin/sh
# Installs the locked dependencies if node_modules does not hold them yet, then becomes the command.
#
# node_modules is a volume: it outlives the image, so after a change of package-lock.json it holds the
# old packages. The stamp inside it says what it was installed from.
set -eu

cd "$(dirname "$0")"
stamp=node_modules/.installed-from

# Processor and C library belong to it: the lock picks different binaries for each (glibc or musl).
wanted() {
  {
    cat package-lock.json
    uname -m
    echo /lib/ld-musl-* # the loader's name on musl, the pattern itself on glibc
  } | sha256sum | cut -d ' ' -f 1
}

want=$(wanted)
# "rm -rf node_modules/*" leaves the stamp, which begins with a dot.
if [ ! -d node_modules/vite ] || [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then
  echo "Installing the dependencies of package-lock.json"
  npm ci # empties node_modules first, stamp included: if it is cut off, the next start does it again
  # Bundled here, by a process that ends. The server would do it too, but keep the memory that it took.
  node node_modules/vite/bin/vite.js optimize --logLevel warn
  printf '%s\n' "$want" >"$stamp"
fi

exec "$@"
