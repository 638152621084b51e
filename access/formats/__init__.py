"""The text formats that are read without being told; one file each."""

from __future__ import annotations

from access.formats import (
    apache_common,
    aws_alb,
    cloudfront,
    combined,
    envoy,
    haproxy,
    haproxy_plain,
    ingress_nginx,
    istio,
    nginx_main,
    traefik_clf,
    vhost_combined,
    vhost_plain,
)

CLIENT_FIRST = (apache_common, combined, nginx_main)
HOST_FIRST = (vhost_combined, vhost_plain)
OTHERS = (aws_alb, cloudfront, envoy, haproxy, haproxy_plain, istio)
FORMATS = (*CLIENT_FIRST, *HOST_FIRST, *OTHERS)
LONGER = (ingress_nginx, traefik_clf)  # `combined` reads them, whatever follows it
ROSTER = tuple(f.LAYOUT for f in FORMATS)
# Most logs begin with the client, so these layouts are tried first; what has a host in front does
# not fit them, see `$peer` and `$identity` in `access.variables`. No line fits two of the others.
GROUPS = tuple(tuple(f.LAYOUT for f in group) for group in (CLIENT_FIRST, HOST_FIRST, OTHERS))
