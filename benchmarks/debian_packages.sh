#!/bin/sh
# Install what the measurements need from Debian, as root on a Debian system; elsewhere say what is missing.
# What needs a missing program is left out of the tables.

missing=""
command -v wrk >/dev/null || missing="$missing wrk"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
/usr/bin/python3 -c "import xapian" 2>/dev/null || missing="$missing python3-xapian"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing …"
    log=$(mktemp)
    if apt-get update -qq >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $missing >>"$log" 2>&1; then
        exit 0
    fi
    tail -n 5 "$log"
fi
echo "Not installed:$missing. What needs it is left out."
