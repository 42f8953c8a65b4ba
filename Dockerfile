# One image for web, worker, beat, payersim and the migrations; docker-compose.yml says which one runs.
FROM python:3.11-slim

RUN useradd --system --uid 10001 --create-home rcm \
    && install -d -o rcm -g rcm /data /exchange
WORKDIR /app
COPY requirements/uv.txt requirements/run.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && uv pip install --system --no-cache --compile-bytecode --require-hashes -r requirements/run.txt
COPY . .
RUN python -m compileall -q .

USER rcm
ENV PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=rcm.settings DATA_DIR=/data EXCHANGE_DIR=/exchange
EXPOSE 8000
CMD ["gunicorn", "rcm.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--preload", "--graceful-timeout", "20"]
