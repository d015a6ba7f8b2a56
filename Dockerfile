# The command line in an image:
#   docker build --tag eventlint .
#   docker run --rm --volume "$PWD:/work:ro" eventlint check fixtures/
# EXTRAS are those of the package, such as "formats,serve".
ARG PYTHON_VERSION=3.13

FROM python:${PYTHON_VERSION}-slim AS build
WORKDIR /src
COPY . .
# The image has no Rust toolchain: without the native engine, everything works and is slower.
ENV EVENTLINT_BUILD_NATIVE=0 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN pip wheel --quiet --no-deps --wheel-dir /wheels .
ARG EXTRAS=formats
RUN python -m venv /opt/eventlint \
    && /opt/eventlint/bin/pip install --quiet "$(echo /wheels/eventlint-*.whl)${EXTRAS:+[${EXTRAS}]}"

FROM python:${PYTHON_VERSION}-slim
COPY --from=build /opt/eventlint /opt/eventlint
ENV PATH="/opt/eventlint/bin:${PATH}" PYTHONDONTWRITEBYTECODE=1
WORKDIR /work
USER 65534:65534
ENTRYPOINT ["eventlint"]
CMD ["--help"]
