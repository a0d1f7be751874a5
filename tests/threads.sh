#!/bin/sh
# Builds once more with the thread sanitizer and runs, by it, the tests in
# which several threads load, filter and draw: $ACMTUI_THREAD_TESTS, and
# tests/interleave.py.  Part of `make check-long`.
set -u
folder=${ACMTUI_BUILD:-.}/threads
source=${ACMTUI_SOURCE:-..}

compiler=$(command -v clang || command -v gcc) || {
	echo 'SKIP: needs clang or gcc'
	exit 77
}
mkdir -p "$folder" && cd "$folder" || exit 99
if ! "$source/configure" -q CC="$compiler" --enable-sanitize=thread \
	>configure.log 2>&1; then
	tail -n 5 configure.log
	echo 'SKIP: needs the runtime of the thread sanitizer'
	exit 77
fi
# The flags of the make that runs this are not meant for the one below.
unset MAKEFLAGS MFLAGS MAKELEVEL
make -s >make.log 2>&1 || {
	tail -n 30 make.log
	exit 1
}
make -s check TESTS="$ACMTUI_THREAD_TESTS" >check.log 2>&1

ACMTUI_BUILD=$PWD python3 "$source/tests/interleave.py" >interleaving.log 2>&1
failed=$?
cat interleaving.log
sh "$source/tests/count.sh" . && exit $failed
