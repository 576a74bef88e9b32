#!/bin/sh
# Creates what is missing of the portal's two roles, its database and the extension it searches with.
#
# docker-compose.yml lets PostgreSQL's image run it on the first start. For a server of your own, run it once
# as a superuser, with psql's PGHOST, PGPORT, PGUSER and PGPASSWORD saying where; make the server's locale
# C with the character type C.UTF-8.
set -eu

# From here and not from the command line, which every user of the machine can read.
export RENKEI_OWNER_PASSWORD="${RENKEI_OWNER_PASSWORD:?is not set}"
export RENKEI_APP_PASSWORD="${RENKEI_APP_PASSWORD:?is not set}"

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
  --username "${POSTGRES_USER:-${PGUSER:-postgres}}" --dbname postgres <<'SQL'
\getenv owner_password RENKEI_OWNER_PASSWORD
\getenv app_password RENKEI_APP_PASSWORD

-- Owns the database and its tables; runs the migrations.
SELECT format('CREATE ROLE renkei_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD %L',
              :'owner_password')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'renkei_owner') \gexec

-- What the portal works as: owns nothing, so that row level security and missing grants bind it.
SELECT format('CREATE ROLE renkei_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD %L',
              :'app_password')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'renkei_app') \gexec

SELECT 'CREATE DATABASE renkei OWNER renkei_owner'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'renkei') \gexec

\connect renkei
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
