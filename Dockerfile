# The app, and nginx with settings for two of it. docs/server.md says how they are used.

FROM python:3.11-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/ccm \
 && /opt/ccm/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt ".[server]"

FROM python:3.11-slim AS app
COPY --from=build /opt/ccm /opt/ccm
RUN useradd --uid 10001 --no-create-home --home-dir /var/lib/ccm ccm \
 && install --directory --owner=ccm --group=ccm --mode=700 /var/lib/ccm
ENV PATH=/opt/ccm/bin:$PATH PYTHONDONTWRITEBYTECODE=1 CCM_HOME=/var/lib/ccm CCM_LOG_FORMAT=json
WORKDIR /var/lib/ccm
VOLUME /var/lib/ccm
USER ccm
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s CMD ["ccm", "ready", "--url", "http://127.0.0.1:8501"]
CMD ["ccm", "app", "--port", "8501"]

FROM app AS settings
ARG SITE=localhost
RUN ccm serve --print-nginx 127.0.0.1:8502 --print-nginx 127.0.0.1:8503 \
    --address 0.0.0.0 --port 8501 --host "$SITE" > /tmp/nginx.conf

FROM nginx:1.28 AS front
COPY --from=settings /tmp/nginx.conf /etc/nginx/nginx.conf
USER nginx
EXPOSE 8501
