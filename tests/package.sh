#!/bin/sh
# Makes the Debian package, as packaging/README tells, and asks lintian.  Run by
# `make package` in a build folder, and by `make check-long`.
set -u
source=${ACMTUI_SOURCE:-..}
version=$(sed -n 's/^AC_INIT(\[acmtui\], \[\(.*\)\])$/\1/p' "$source/configure.ac")

for program in dpkg-buildpackage dh lintian; do
	command -v $program >/dev/null || {
		echo "SKIP: $program is not installed"
		exit 77
	}
done
folder=$(mktemp -d "${TMPDIR:-/tmp}/acmtui.XXXXXX") || exit 2
trap 'rm -rf "$folder"' EXIT

fail() {
	tail -n 40 "$folder/log" 2>/dev/null
	echo "FAIL: $*"
	exit 1
}

test "$(dpkg-parsechangelog -l "$source/packaging/debian/changelog" \
	-S Version)" = "$version-1" || fail "debian/changelog is not of $version"
make -s release >"$folder/log" 2>&1 || fail 'make release'
mv "acmtui-$version.tar.gz" "$folder/acmtui_$version.orig.tar.gz"
rm -f "acmtui-$version.tar.xz"
tar -xf "$folder/acmtui_$version.orig.tar.gz" -C "$folder" || fail 'the archive'
cp -r "$source/packaging/debian" "$folder/acmtui-$version/" || fail 'debian/'
cd "$folder/acmtui-$version" || exit 2
DEB_BUILD_OPTIONS="nocheck parallel=2" dpkg-buildpackage -us -uc \
	>"$folder/log" 2>&1 || fail 'dpkg-buildpackage'
lintian --fail-on error "$folder"/*.changes >"$folder/log" 2>&1 ||
	fail 'lintian'
cat "$folder/log"
echo '1 passed, 0 failed'
