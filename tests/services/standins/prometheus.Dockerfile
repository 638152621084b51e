# Stands in for prom/prometheus: Debian's, as nobody, with that image's folders.
FROM hedgerow-standin
RUN mkdir /prometheus && chown nobody:nogroup /prometheus
USER nobody
ENTRYPOINT ["/bin/prometheus"]
