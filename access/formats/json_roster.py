"""The JSON formats whose samples the contract suite reads; one file each, no code in any."""

from __future__ import annotations

from access.formats import (
    alb_json,
    caddy_json,
    cloudflare_json,
    cloudfront_json,
    docker_json,
    elastic_json,
    envoy_json,
    fastly_json,
    filebeat_json,
    fluent_bit_json,
    haproxy_json,
    logstash_json,
    nginx_json,
    opentelemetry_json,
    rsyslog_json,
    traefik_json,
    vector_json,
)

FORMATS = (
    *(alb_json, caddy_json, cloudflare_json, cloudfront_json, docker_json, elastic_json),
    *(envoy_json, fastly_json, filebeat_json, fluent_bit_json, haproxy_json, logstash_json),
    *(nginx_json, opentelemetry_json, rsyslog_json, traefik_json, vector_json),
)
