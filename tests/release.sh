#!/bin/sh
# Makes the archives twice, in folders of other names and at other times: they
# are the same byte for byte.  Run by `make check-long`, in a build folder.
set -u
source=$(cd "${ACMTUI_SOURCE:-..}" && pwd)
if ! git -C "$source" rev-parse HEAD >/dev/null 2>&1; then
	echo 'SKIP: the sources are in no repository'
	exit 77
fi
folder=$(mktemp -d "${TMPDIR:-/tmp}/acmtui.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT

# archive NAME: makes the archives in a clone and a folder of that name.
archive() {
	git clone -q "$source" "$folder/$1-clone" &&
		cd "$folder/$1-clone" && autoreconf -fi && mkdir "$1" &&
		cd "$1" && ../configure -q && make -s release &&
		sha256sum acmtui-* >"$folder/$1"
}

for name in one another; do
	if ! archive $name >"$folder/log" 2>&1; then
		tail -n 20 "$folder/log"
		echo 'FAIL: make release'
		exit 1
	fi
done
cat "$folder/one"
if cmp "$folder/one" "$folder/another"; then
	echo '1 passed, 0 failed'
else
	echo 'FAIL: two archives of one commit differ'
	exit 1
fi
