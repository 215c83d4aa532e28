# Backend and console, without ROS.
FROM node:24-bookworm-slim AS console
WORKDIR /src/backend/console
COPY backend/console/package.json backend/console/package-lock.json backend/console/.npmrc ./
RUN npm ci
COPY backend/console ./
RUN npm run build -- --outDir /console --emptyOutDir

FROM python:3.12-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app/backend:/app/ros_ws/src/gangseo_protocol
WORKDIR /app
COPY requirements/run.lock requirements/run.lock
RUN pip install --no-cache-dir --require-hashes -r requirements/run.lock
COPY ros_ws/src/gangseo_protocol ros_ws/src/gangseo_protocol
COPY backend/alembic.ini backend/alembic.ini
COPY backend/migrations backend/migrations
COPY backend/gangseo_backend backend/gangseo_backend
COPY --from=console /console /app/console
RUN useradd --system --uid 10001 --create-home gangseo && mkdir /data && chown gangseo /data
USER 10001
# The name of a file, no secret.
# hadolint ignore=DL3064
ENV GANGSEO_DATA_DIR=/data GANGSEO_CONSOLE_DIR=/app/console GANGSEO_SITE_FILE=/world/site.json \
    GANGSEO_SECRETS_FILE=/data/secrets.json
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/api/healthz', timeout=2)"]
CMD ["uvicorn", "--factory", "gangseo_backend.main:app_from_environment", "--host", "0.0.0.0", "--port", "8080", \
     "--no-access-log", "--timeout-graceful-shutdown", "2"]
