#!/bin/sh
# Pin every package, with hashes, for Python 3.11 and newer on any system. What is pinned stays
# as it is unless UPGRADE is set: UPGRADE=1 make requirements.
# train.txt is kept by hand; it says why.
set -eu
upgrade=${UPGRADE:+--upgrade}
pin() {
    out=$1
    shift
    "$UV" pip compile ../pyproject.toml --universal --python-version 3.11 $upgrade \
        --generate-hashes --no-header --no-annotate --quiet --output-file "$out" "$@"
}
pin run.txt --group ../pyproject.toml:build
pin dev.txt --group ../pyproject.toml:build --group ../pyproject.toml:dev
pin bench.txt --group ../pyproject.toml:build --group ../pyproject.toml:bench
