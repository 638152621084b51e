"""The formats of text logs that are known without being told; one file each."""

from __future__ import annotations

from access.formats.apache_common import APACHE_COMMON
from access.formats.combined import COMBINED
from access.formats.nginx_main import NGINX_MAIN
from access.formats.vhost_combined import VHOST_COMBINED

ROSTER = (APACHE_COMMON, COMBINED, NGINX_MAIN, VHOST_COMBINED)
