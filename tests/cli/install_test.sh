#!/bin/sh
# What `make install` puts into a folder works from there: the program, the
# sample, the manual page and the completions.  `make uninstall` leaves nothing.
set -u
build=${ACMTUI_BUILD:-.}
folder=$(mktemp -d "${TMPDIR:-/tmp}/acmtui.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

# check WHAT COMMAND...: the command succeeds.
check() {
	what=$1
	shift
	if "$@" >"$folder/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		tail -n 20 "$folder/said"
		echo "FAIL: $what"
	fi
}

counts() {
	count=$(cd / && unset ACMTUI_DATA && HOME=/nonexistent \
		XDG_CONFIG_HOME=/nonexistent "$to/usr/bin/acmtui" --demo \
		-o count 2>"$folder/errors")
	echo "$count events"
	test "$count" = 519
}

is_readable() {
	mandoc "$share/man/man1/acmtui.1" >"$folder/page" &&
		grep -q 'explore AWS CloudTrail logs' "$folder/page"
}

to=$folder/to
share=$to/usr/share
check 'make install' make -s -C "$build" install prefix=/usr DESTDIR="$to"
check '--demo counts its events' counts
if command -v mandoc >/dev/null; then
	check 'the manual page is readable' is_readable
else
	echo 'SKIP: mandoc is not installed'
fi
for file in doc/acmtui/README doc/acmtui/COPYING doc/acmtui/NEWS \
	bash-completion/completions/acmtui zsh/site-functions/_acmtui \
	fish/vendor_completions.d/acmtui.fish; do
	check "$file is there" test -s "$share/$file"
done
check 'make uninstall' make -s -C "$build" uninstall prefix=/usr DESTDIR="$to"
check 'make uninstall leaves no file' test -z "$(find "$to" -type f)"
echo "$passed passed, $failed failed"
test "$failed" -eq 0
