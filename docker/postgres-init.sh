#!/bin/sh
# Runs once, in an empty PostgreSQL: two roles that know nothing of each other, and the register's database.
# Temporal's two databases are made by schema.sh.
set -eu

psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v register_password="$DUALCERT_PG_PASSWORD" -v temporal_password="$TEMPORAL_PG_PASSWORD" <<'SQL'
CREATE ROLE dualcert LOGIN PASSWORD :'register_password';
CREATE ROLE temporal LOGIN CREATEDB PASSWORD :'temporal_password';
CREATE DATABASE dualcert OWNER dualcert ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE dualcert FROM PUBLIC;
SQL
