"""The text formats that are read without being told; one file each."""

from __future__ import annotations

from access.formats import apache_common, combined, nginx_main, vhost_combined, vhost_plain

FORMATS = (apache_common, combined, nginx_main, vhost_combined, vhost_plain)
ROSTER = tuple(f.LAYOUT for f in FORMATS)
# Most logs begin with the client, so these layouts are tried first; what has a host in front does
# not fit them, see `$peer` and `$identity` in `access.variables`.
GROUPS = (ROSTER[:3], ROSTER[3:])
