# The office, without a database of its own: compose.yaml brings one, and DATABASE_URL names another.
FROM python:3.12-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 STEELYARD_PRODUCTION=1 STEELYARD_HOME=/var/lib/steelyard
RUN useradd --system --uid 10001 office
WORKDIR /srv/steelyard

COPY requirements/run.txt requirements/run.txt
RUN python -m pip install --no-cache-dir --require-hashes --requirement requirements/run.txt
COPY LICENSE README.md pyproject.toml ./
COPY src src
RUN python -m pip install --no-cache-dir --no-deps --no-build-isolation . \
    && install --directory --owner=office "$STEELYARD_HOME"

USER office
VOLUME /var/lib/steelyard
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD \
    python -c "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/', timeout=4)"
CMD ["steelyard", "serve", "--host", "0.0.0.0", "--port", "8000"]
