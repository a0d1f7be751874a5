#!/bin/sh
# One screen test twice: with the model alone, and with the whole program on a
# terminal, which has to show the same.
"$ACMTUI_BUILD/tests/screens/drive" "$1" || exit
[ "$ACMTUI_UPDATE" = 1 ] || exec "$ACMTUI_BUILD/tests/e2e/run" "$1"
