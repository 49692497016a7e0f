#!/bin/sh
# What a container of the image does: web (prepares, then serves), index, work, or any command of manage.py.
# A secret that is a file (DIWAN_SECRET_KEY_FILE) stands in no image and in no list of processes.
set -eu
if [ -n "${DIWAN_SECRET_KEY_FILE:-}" ]; then
    DIWAN_SECRET_KEY=$(cat "$DIWAN_SECRET_KEY_FILE")
    export DIWAN_SECRET_KEY
fi
case "${1:-web}" in
    web)
        python manage.py prepare
        exec gunicorn --bind 0.0.0.0:8000 config.wsgi
        ;;
    index) exec python manage.py sync_index --watch ;;
    work) exec python manage.py work --watch ;;
    *) exec python manage.py "$@" ;;
esac
