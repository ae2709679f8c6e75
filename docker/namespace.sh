#!/bin/sh
# Makes the namespace with its retention, once the server answers.
set -eu

NAMESPACE="${TEMPORAL_NAMESPACE:-dualcert}"
ADDRESS="${TEMPORAL_ADDRESS:?TEMPORAL_ADDRESS is not set}"

attempt=0
until temporal operator cluster health --address "$ADDRESS" >/dev/null 2>&1; do
  attempt=$((attempt + 1))
  if [ "$attempt" -ge 60 ]; then
    echo "Temporal at $ADDRESS did not become healthy" >&2
    exit 1
  fi
  sleep 2
done

if temporal operator namespace describe --namespace "$NAMESPACE" --address "$ADDRESS" >/dev/null 2>&1; then
  echo "namespace $NAMESPACE is there"
else
  temporal operator namespace create --namespace "$NAMESPACE" --retention 30d --address "$ADDRESS"
fi
