# Stands in for apache/kafka: Kafka's jars as Maven has them, configured and laid out as that image is.
FROM hedgerow-standin
RUN useradd --uid 1000 appuser \
    && mkdir -p /opt/kafka/config /opt/kafka/logs /var/lib/kafka/data /mnt/shared/config \
    && chown -R appuser /opt/kafka /var/lib/kafka /mnt/shared
COPY libs /opt/kafka/libs
COPY --chown=1000 kafka-run /etc/kafka/docker/run
USER appuser
VOLUME ["/var/lib/kafka/data", "/mnt/shared/config"]
CMD ["/etc/kafka/docker/run"]
