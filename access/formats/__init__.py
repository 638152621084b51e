"""The text formats that are read without being told; one file each."""

from __future__ import annotations

from access.formats import apache_common, combined, nginx_main, vhost_combined

ROSTER = tuple(f.LAYOUT for f in (apache_common, combined, nginx_main, vhost_combined))
