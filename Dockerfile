# toban as a container: docker build -t toban .
# It runs as nobody in particular, on a root that may be read-only; it writes to /var/lib/toban and /tmp only:
#   docker run --read-only --tmpfs /tmp -v toban:/var/lib/toban -v ./toban.toml:/etc/toban/toban.toml:ro --env-file secrets toban
# Debian, not Alpine: cedarpy, the policy's engine, has wheels for glibc only.

FROM python:3.13-slim-trixie AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
RUN python -m venv /opt/toban
# A part of requirements.lock, each with its hash; this layer stays as long as no version changes.
COPY requirements.image.lock ./
RUN /opt/toban/bin/pip install --quiet --require-hashes --only-binary :all: -r requirements.image.lock
COPY pyproject.toml README.md LICENSE ./
COPY aws aws
COPY bot bot
COPY commands commands
COPY jobs jobs
COPY playground playground
# pip compiles what it installs, since nothing can be written later; what only builds does not come along.
RUN /opt/toban/bin/pip install --quiet --no-deps --no-build-isolation . \
 && /opt/toban/bin/pip uninstall --quiet --yes hatchling pathspec pluggy trove-classifiers pip

FROM python:3.13-slim-trixie
# Japanese letters for pictures; Python's own library compiled, too; and a user that owns nothing but its state.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/* \
 && python -m compileall -q -x "/(test|idlelib|lib2to3)/" "$(python -c "import os; print(os.path.dirname(os.__file__))")" \
 && groupadd --gid 10001 toban \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/toban --shell /usr/sbin/nologin toban \
 && install -d -m 700 -o 10001 -g 10001 /var/lib/toban \
 && install -d /etc/toban
COPY --from=build /opt/toban /opt/toban
ENV PATH=/opt/toban/bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/var/lib/toban \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    TOBAN_CONFIG=/etc/toban/toban.toml \
    TOBAN_DATABASE_URL=sqlite:////var/lib/toban/toban.db
USER 10001:10001
WORKDIR /var/lib/toban
VOLUME /var/lib/toban
STOPSIGNAL SIGTERM
# The config's table [health] serves the page; without it the container counts as unhealthy.
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=10 \
  CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8085, timeout=5); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
# No entry point, so that a Procfile's line, and `toban doctor`, can stand in its place.
CMD ["toban", "run"]
