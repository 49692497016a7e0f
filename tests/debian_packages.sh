#!/bin/sh
# Install what the tests need from Debian, as root on a Debian system; elsewhere say what is missing.
# The tests that need a missing program are skipped with their reason (and fail where CI is set).

missing=""
[ -x /usr/bin/chromium ] || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ "$(tesseract --list-langs 2>/dev/null | grep -cE '^(ara|fas)$')" = 2 ] || missing="$missing tesseract-ocr tesseract-ocr-ara tesseract-ocr-fas"
command -v xgettext >/dev/null || missing="$missing gettext"
command -v npm >/dev/null || missing="$missing nodejs npm"
[ -x /usr/sbin/nginx ] || missing="$missing nginx-light"
command -v redis-server valkey-server >/dev/null || missing="$missing redis-server"
command -v systemd-analyze >/dev/null || missing="$missing systemd"
command -v promtool >/dev/null || missing="$missing prometheus"
command -v curl >/dev/null || missing="$missing curl"
command -v javac >/dev/null || missing="$missing default-jdk-headless"
command -v mvn >/dev/null || missing="$missing maven"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing$missing …"
    log=$(mktemp)
    if apt-get update -qq >"$log" 2>&1 && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $missing >>"$log" 2>&1; then
        exit 0
    fi
    tail -n 5 "$log"
fi
echo "Not installed:$missing. The tests that need them are skipped."
