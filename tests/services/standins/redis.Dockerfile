# Stands in for redis: Debian's.
FROM hedgerow-standin
RUN groupadd --gid 999 served && useradd --uid 999 --gid 999 served
CMD ["redis-server"]
