#!/bin/sh
# perfloop's commands beside the service of systemd: as its user and with its settings. Run it as root.
#   install -m 0755 docs/deploy/perfloop.sh /usr/local/bin/perfloop
set -eu
umask 077
set -a
. /etc/perfloop/perfloop.env
set +a
exec runuser -u perfloop -- /opt/perfloop/.venv/bin/perfloop "$@"
