#!/bin/bash
# What `make install` puts below a prefix: programs and their files, and nothing simulated.
# shellcheck source=tests/lib.sh
. "${0%/*}/../lib.sh"

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
succeeds 'it installs' make -s -C "$ROOT" install DESTDIR="$place" PREFIX=/opt
tree=$(cd "$place" && find . -type f -o -type l | sort)
app=opt/lib/tolok-kota
for file in bin/tolok lib/tolok-kota/build/web lib/tolok-kota/build/tolok \
    lib/tolok-kota/build/templates/id/city.html lib/tolok-kota/build/templates/en/city.html \
    share/man/man8/tolok.8 share/man/man5/tolok-package.5 lib/tolok-kota/sql/load.sql \
    lib/tolok-kota/public/tolok.css lib/tolok-kota/etc/instance; do
    like "$tree" "^\./opt/$file\$" "$file is there"
done
is "$(printf '%s\n' "$tree" | grep -i -e sample -e simulasi)" '' \
    'no file of the simulated rounds is'
is "$(grep -rl 'simulasi-1' "$place/$app/sql" "$place/$app/build/templates" "$place/$app/etc")" \
    '' 'and nothing names them'
is "$(find "$place" -perm /022 ! -type l)" '' 'nobody else may write there'
succeeds 'the pages start from there' "$place/$app/build/web" --check
like "$("$place/opt/bin/tolok" --help)" 'import' 'the command runs from there'
done_testing
