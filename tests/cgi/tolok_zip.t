#!/bin/sh
# Packages as zip archives: sound ones are taken, and what no archive may hold is refused.
# shellcheck source=tests/lib.sh disable=SC1091,SC2016
. "${0%/*}/../lib.sh"
# shellcheck source=tests/cgi/package.sh
. "${0%/*}/package.sh"
workplace
good_package package

# pack ARCHIVE [CHANGE]: an archive of the good package, after the Python statements CHANGE: `files` are (name, bytes)
# pairs and `after` may alter the archive's bytes.
pack() {
    python3 - "$1" "${2-pass}" <<'PYTHON'
import io, os, struct, sys, warnings, zipfile
warnings.simplefilter("ignore")
files = [(name, open("package/" + name, "rb").read()) for name in sorted(os.listdir("package"))]
after = lambda data: data
attributes = {}
exec(sys.argv[2])
out = io.BytesIO()
with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
    for name, data in files:
        info = zipfile.ZipInfo(name)
        info.filename = name
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = attributes.get(name, 0o100644) << 16
        archive.writestr(info, data)
open(sys.argv[1], "wb").write(after(out.getvalue()))
PYTHON
}

# bad_entries NAME FAULTS CHANGE: the archive with that change is refused because of single entries.
bad_entries() {
    pack bad.zip "$3"
    count=$(printf '%s\n' "$2" | wc -l)
    plural=s
    [ "$count" -gt 1 ] || plural=
    refused "$1" "$2
tolok: import: bad.zip: $count fault$plural, nothing was imported" bad.zip
}

# bad_archive NAME REASON CHANGE: the archive as a whole is refused.
bad_archive() {
    pack bad.zip "$3"
    refused "$1" "tolok: import: bad.zip: $2, nothing was imported" bad.zip
}

bad_entries 'path with ..' '../evil.csv: a path with . or ..' 'files.append(("../evil.csv", b"x"))'
bad_entries 'path with .. first' '../evil.csv: a path with . or ..' 'files.insert(0, ("../evil.csv", b"x"))'
bad_entries '.. below the top folder' 'p/../../evil.csv: a path with . or ..' \
    'files = [("p/" + n, d) for n, d in files] + [("p/../../evil.csv", b"x")]'
bad_entries 'absolute path' '/etc/marks.csv: an absolute path' 'files.append(("/etc/marks.csv", b"x"))'
bad_entries 'drive letter' 'C:evil.csv: an absolute path' 'files.append(("C:evil.csv", b"x"))'
bad_entries 'backslash' 'a\b.csv: a backslash in the name' 'files.append(("a\\b.csv", b"x"))'
bad_entries 'folder inside' 'more/marks.csv: a folder inside the package' 'files.append(("more/marks.csv", b"x"))'
bad_entries 'folder inside the top folder' 'p/more/marks.csv: a folder inside the package' \
    'files = [("p/" + n, d) for n, d in files] + [("p/more/marks.csv", b"x")]'
bad_entries 'two top folders' "__MACOSX/marks.csv: outside the archive's top folder" \
    'files = [("p/" + n, d) for n, d in files] + [("__MACOSX/marks.csv", b"x")]'
bad_entries 'duplicate entry' 'marks.csv: a second entry of that name' 'files.append(("marks.csv", b"x"))'
bad_entries 'symbolic link' 'official.csv: a symbolic link' 'attributes["official.csv"] = 0o120777'
bad_entries 'encrypted entry' 'marks.csv: encrypted' '
def after(data):
    for mark, flag, name, size in ((b"PK\3\4", 6, 30, 26), (b"PK\1\2", 8, 46, 28)):
        at = data.find(mark)
        while at >= 0:
            n = struct.unpack_from("<H", data, at + size)[0]
            if data[at + name:at + name + n] == b"marks.csv":
                data = data[:at + flag] + bytes([data[at + flag] | 1]) + data[at + flag + 1:]
            at = data.find(mark, at + 4)
    return data'
bad_entries 'content that does not fit its checksum' 'criteria.csv: damaged: its content does not fit its checksum' '
def after(data):
    at = 30 + struct.unpack_from("<H", data, 26)[0]
    return data[:at + 40] + bytes([data[at + 40] ^ 255]) + data[at + 41:]'
bad_entries 'directory that lies' 'criteria.csv: damaged, or packed in a way that can not be read' '
def after(data):
    at = data.find(b"PK\1\2")
    return data[:at + 42] + b"\xff\xff\xff\x7f" + data[at + 46:]'
bad_entries 'unknown file' 'notes.txt: not a file of the format tolok-round/1' 'files.append(("notes.txt", b"x"))'

short='not a zip archive, or one that was cut short'
bad_archive 'cut short' "$short" 'after = lambda data: data[:len(data) // 2]'
bad_archive 'end cut off' "$short" 'after = lambda data: data[:-30]'
bad_archive 'empty file' "$short" 'after = lambda data: b""'
bad_archive 'no zip' "$short" 'after = lambda data: b"region,name" * 100'
bad_archive '21 files' 'holds more than 20 files' 'files = [("f%02d" % i, b"x") for i in range(21)]'
bad_archive 'more than 100 MB' 'unpacks to more than 100 MB' 'files.append(("results.csv", bytes(101 * 1000 * 1000)))'
bad_archive 'two of 60 MB' 'unpacks to more than 100 MB' \
    'files += [("results.csv", bytes(60 * 1000 * 1000)), ("SHA256SUMS", bytes(60 * 1000 * 1000))]'
# The directory declares 1 KB; what comes out is 150 MB.
pack bad.zip '
files.append(("results.csv", bytes(150 * 1000 * 1000)))
def after(data):
    data = bytearray(data)
    at = data.rfind(b"PK\1\2")
    struct.pack_into("<I", data, at + 24, 1000)
    struct.pack_into("<I", data, data.rfind(b"PK\3\4") + 22, 1000)
    return bytes(data)'
said=$("$TOLOK" import bad.zip 2>&1)
is "$?" 1 'a bomb that lies about its size is refused'
like "$said" 'results.csv: damaged|more than 100 MB|damaged zip' 'and named'
is "$(contents)" "$before" 'and leaves nothing'

refused 'no such file' 'tolok: import: none.zip: No such file or directory, nothing was imported' none.zip
refused 'a device' 'tolok: import: /dev/null: neither a folder nor a zip archive, nothing was imported' /dev/null

for way in 'files without a folder|pass' 'one top folder|files = [("p/" + n, d) for n, d in files]' \
    'one top folder with an entry of its own|files = [("p/", b"")] + [("p/" + n, d) for n, d in files]'; do
    pack good.zip "${way#*|}"
    is "$("$TOLOK" import good.zip 2>&1 | head -n 1)" 'uji: 2 regions (0 new), 4 criteria, 4 marks, 1 official figure' "${way%%|*}"
done
done_testing
