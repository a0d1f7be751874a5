#!/bin/sh
# Stands for the end-to-end tests where configure did not find libvterm.
echo "SKIP: $1 needs libvterm"
exit 77
