#!/bin/sh
# Makes or updates Temporal's two schemas. Repeatable: what is there already is left, and update-schema goes on from it.
# SCHEMA_DIR and SQL_TOOL differ only where Temporal was built from source.
set -eu

SQL_TOOL="${SQL_TOOL:-temporal-sql-tool}"
SCHEMA_DIR="${SCHEMA_DIR:-/etc/temporal/schema/postgresql/v12}"
export SQL_PASSWORD="${POSTGRES_PWD:?POSTGRES_PWD is not set}"

sql() {
  "$SQL_TOOL" --plugin postgres12 --ep "$POSTGRES_SEEDS" -p "${DB_PORT:-5432}" -u "$POSTGRES_USER" "$@"
}

make_schema() {
  database=$1
  versions=$2
  # The default database of the connection must be one the role may enter while its own is not there yet.
  sql --db "$database" create --defaultdb postgres 2>/dev/null || echo "database $database is there"
  sql --db "$database" setup-schema -v 0.0 2>/dev/null || echo "schema of $database is there"
  sql --db "$database" update-schema -d "$versions"
}

make_schema temporal "$SCHEMA_DIR/temporal/versioned"
make_schema temporal_visibility "$SCHEMA_DIR/visibility/versioned"
