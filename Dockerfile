# The API as an image: GraphiQL's files made in one stage, a wheel with them in the next, installed into a virtual environment
# that the last one copies. Every package is one of the lock, by its digest (.ci/requirements/README.md).
FROM node:22.21-bookworm-slim AS pages
WORKDIR /src
COPY .npmrc package.json package-lock.json ./
RUN npm ci --omit=dev
COPY api api
RUN npm run build

FROM python:3.12-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY .ci/requirements .ci/requirements
RUN python -m venv /opt/regiograaf \
    && /opt/regiograaf/bin/pip install --require-hashes -r .ci/requirements/run.txt \
    && pip install --require-hashes -r .ci/requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY queries queries
COPY graph graph
COPY seeds seeds
COPY api api
COPY --from=pages /src/api/explorer/built api/explorer/built
RUN pip wheel --no-deps --no-build-isolation --no-index --wheel-dir /wheels . \
    && /opt/regiograaf/bin/pip install --no-deps --no-index /wheels/*.whl && /opt/regiograaf/bin/pip check

FROM python:3.12-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin regiograaf
COPY --from=build /opt/regiograaf /opt/regiograaf
# Only /tmp is written to, and only by the embedded engine, which starts where NEO4J_URI is not set.
ENV PATH=/opt/regiograaf/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    REGIOGRAAF_HOST=0.0.0.0 \
    REGIOGRAAF_PORT=8000 \
    REGIOGRAAF_DATA_DIR=/tmp/regiograaf
WORKDIR /tmp
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['REGIOGRAAF_PORT']}/readyz\", timeout=4)"]
CMD ["regiograaf", "serve"]
