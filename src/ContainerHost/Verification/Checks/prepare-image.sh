#!/bin/sh
# Makes the folder ($1) from which the checks build their image: a static busybox and a Dockerfile that needs no network.
set -eu
mkdir -p "$1/image"
cp /bin/busybox "$1/image/busybox"
cat >"$1/image/Dockerfile" <<'DOCKERFILE'
FROM scratch
COPY busybox /bin/busybox
ENV PATH=/bin
ENV GREETING="Hello, world"
CMD ["/bin/busybox", "sh", "-c", "echo $GREETING"]
DOCKERFILE
cat "$1/image/Dockerfile"
