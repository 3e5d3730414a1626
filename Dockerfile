FROM python:3.11-slim
WORKDIR /app
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY seeds seeds
RUN pip install --no-cache-dir --no-deps --no-build-isolation . \
 && useradd --uid 10001 --home-dir /data --create-home dragoman
USER dragoman
WORKDIR /data
VOLUME /data
ENV PYTHONDONTWRITEBYTECODE=1 \
    DRAGOMAN_DATABASE=sqlite:////data/dragoman.sqlite3 \
    DRAGOMAN_WEB__HOST=0.0.0.0
EXPOSE 8321 8322
# Everything that changes lives in /data: run it with --read-only --tmpfs /tmp.
ENTRYPOINT ["dragoman"]
CMD ["run"]
