#!/bin/sh
# Counts what `make check` left behind in build folders and says it in one
# line, the last: `N passed, N failed, N skipped`.  A cmocka test counts as
# one, so does a case of a script that ends with such a line itself, and so
# does a program that counts nothing.  Shows the logs of what failed.
#
#   tests/count.sh [--strict] FOLDER...
#
# With --strict a skip that tests/SKIPS does not allow is a failure.
set -u
here=$(dirname "$0")
strict=
if test "${1-}" = --strict; then
	strict=yes
	shift
fi

# The conditions under which tests/SKIPS lets a test be skipped in FOLDER.
conditions() {
	test -d "${ACMTUI_SHARED:-$here/../../shared}" || echo noshared
	test "$(id -u)" != 0 || echo root
	! grep -q '#define \(SANITIZED\|COVERED\)' "$1/platform.h" ||
		echo instrumented
}

# count_log LOG RESULT NAME: `passed failed skipped`, and a line for each
# skip, `skip NAME: WHAT`.
count_log() {
	awk -v result="$2" -v name="$3" '
		/^\[  PASSED  \] [0-9]+ test/ { passed += $4; counted = 1 }
		/^\[  FAILED  \] [0-9]+ test/ { failed += $4; counted = 1 }
		/^\[  SKIPPED \] [0-9]+ test/ { skipped += $4; next }
		/^\[ RUN/ { running = 1; reason = "" }
		/^\[  SKIPPED \] / {
			if (running)
				why[$4 (reason ? ": " reason : "")] = 1
			running = 0
		}
		/^\[ +(OK|FAILED|ERROR) \]/ { running = 0 }
		/^SKIP: / {
			if (running)
				reason = substr($0, 7)
			else
				why[substr($0, 7)] = 1
		}
		/^[0-9]+ passed, [0-9]+ failed/ {
			own = 1; p = $1; f = $3; s = $5
		}
		END {
			passed += p; failed += f; skipped += s
			if (result == "SKIP" && !skipped)
				skipped = 1
			else if (result == "PASS" && !own && !counted)
				passed = 1
			else if (result ~ /FAIL|ERROR|XPASS/ && !failed)
				failed = 1
			print passed + 0, failed + 0, skipped + 0
			for (what in why) {
				print "skip", name ": " what
				named++
			}
			if (skipped && !named)
				print "skip", name ": without a reason"
		}' "$1"
}

# allowed "NAME: WHAT" CONDITION...: is it on the list?
allowed() {
	skip=$1
	shift
	while read -r condition pattern; do
		case $condition in '' | '#'*) continue ;; esac
		# The pattern is meant as one.
		# shellcheck disable=SC2254
		case $skip in
		$pattern)
			case " $* always " in *" $condition "*) return 0 ;; esac ;;
		esac
	done <"$here/SKIPS"
	return 1
}

passed=0 failed=0 skipped=0
for folder in "$@"; do
	holds=$(conditions "$folder")
	results=$(find "$folder/tests" -name '*.trs' | sort)
	if test -z "$results"; then
		echo "FAIL: $folder: no test was run"
		failed=$((failed + 1))
	fi
	for trs in $results; do
		log=${trs%.trs}.log
		name=${trs#"$folder/"}
		name=${name%.trs}
		result=$(sed -n 's/^:test-result: *\([A-Z]*\).*/\1/p' "$trs")
		counted=$(count_log "$log" "${result:-ERROR}" "$name")
		# shellcheck disable=SC2046
		set -- $(echo "$counted" | head -n 1)
		passed=$((passed + $1))
		failed=$((failed + $2))
		skipped=$((skipped + $3))
		if test "$2" != 0; then
			echo "FAIL: $name"
			tail -n 60 "$log" | sed 's/^/    /'
		fi
		while read -r _ skip; do
			test -n "$skip" || continue
			# shellcheck disable=SC2086
			if allowed "$skip" $holds; then
				echo "SKIP: $skip"
			elif test -n "$strict"; then
				echo "FAIL: not on tests/SKIPS: $skip"
				failed=$((failed + 1))
			else
				echo "SKIP: $skip"
			fi
		done <<END
$(echo "$counted" | sed -n 's/^skip /- /p')
END
	done
done
echo "$passed passed, $failed failed, $skipped skipped"
test "$failed" = 0
