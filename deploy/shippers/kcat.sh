#!/bin/sh
# An access log to Kafka by kcat, one line a message; for trials and one-off loads.
#
#   apt install kcat
#   ./kcat.sh /var/log/nginx/access.log                  # what is there, then what is written
#   zcat access.log.*.gz | ./kcat.sh                     # once
#
# KCAT_BROKERS (127.0.0.1:9092) and KCAT_TOPIC (access-log) say where to. For a broker that asks who
# comes, write librdkafka's words into ~/.config/kcat.conf, one a line: security.protocol=sasl_ssl …
# It remembers nothing: started again it begins at the beginning. Empty lines are left out, and the
# newest lines, up to a kilobyte, wait inside kcat for more: what ships for good is rsyslog and others.
# Run in the project's tests with Debian's kcat 1.7.
set -eu

# No -K and no -k: without keys, lines spread over all partitions; and one by one, without sticking
# to one of them for a while, so that time moves on in all alike.
send() {
    exec kcat -P -b "${KCAT_BROKERS:-127.0.0.1:9092}" -t "${KCAT_TOPIC:-access-log}" -z zstd \
        -X acks=all -X enable.idempotence=true -X linger.ms=50 -X sticky.partitioning.linger.ms=0 \
        -X message.max.bytes=2097152
}

if [ $# -eq 0 ]; then
    send
else
    # -F follows the name through rotation
    tail -n +1 -F -- "$1" | send
fi
