# Stands in for grafana/grafana, of which no package is to be had: it answers /api/health only.
FROM hedgerow-standin
RUN mkdir /var/lib/grafana && chown 472:0 /var/lib/grafana
COPY grafana-run /run.sh
USER 472
ENTRYPOINT ["python3", "/run.sh"]
