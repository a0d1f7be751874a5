#!/bin/sh
# Runs a test that is written in Python, or says that it cannot.
if ! command -v python3 >/dev/null 2>&1; then
	echo "SKIP: $1 needs python3"
	exit 77
fi
export PYTHONDONTWRITEBYTECODE=1
exec python3 "$@"
