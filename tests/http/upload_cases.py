#!/usr/bin/env python3
"""Files that people might upload, good and hostile: cases() gives (name, bytes, fault), where fault
is the word of cgi-bin/desk/media.c or None for what is fine. `upload_cases.py FOLDER` writes those
that are small, as seeds of the fuzz harness."""
import io
import os
import re
import struct
import sys
import zipfile
import zlib

seeds = os.path.join(
    os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fuzz', 'seeds', 'media'
)
MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'
MACRO = 'application/vnd.ms-excel.sheet.macroEnabled.main+xml'
SCRIPT = b'<html><script>alert(1)</script></html>'


def seed(name):
    with open(os.path.join(seeds, name), 'rb') as file:
        return file.read()


def archive(parts):
    """A zip of these parts, the same at every call."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as bundle:
        for name, text in parts.items():
            bundle.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def workbook(main=MAIN, **more):
    parts = {
        '[Content_Types].xml': (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types'
            ' xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml'
            '.worksheet+xml"/>'
            '</Types>'
        ),
        '_rels/.rels': (
            '<?xml version="1.0"?><Relationships'
            ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
            ' Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ),
        'xl/workbook.xml': (
            '<?xml version="1.0"?><workbook'
            ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        'xl/_rels/workbook.xml.rels': (
            '<?xml version="1.0"?><Relationships'
            ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship'
            ' Id="r1"'
            ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        'xl/worksheets/sheet1.xml': (
            '<?xml version="1.0"?><worksheet'
            ' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            '<sheetData/></worksheet>'
        ),
    }
    return archive({**parts, **more})


def led_by(first, text):
    """A workbook with another part before its own, by which libmagic tells it from one."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        return archive({first: text, **{name: book.read(name) for name in book.namelist()}})


def chunk(name, content):
    return (
        struct.pack('>I', len(content))
        + name
        + content
        + struct.pack('>I', zlib.crc32(name + content))
    )


def with_chunk(png, content):
    """The picture with a remark before its end."""
    return png[:-12] + chunk(b'tEXt', b'Comment\0' + content) + png[-12:]


def remark(jpeg, content):
    return jpeg[:2] + b'\xff\xfe' + struct.pack('>H', len(content) + 2) + content + jpeg[2:]


def reaching(bundle, behind):
    """The zip with as long a remark as bytes will stand behind it, so that it seems to end with the
    file."""
    return bundle[:-2] + struct.pack('<H', behind)


def padded_png(png, size):
    """The picture, made exactly so long."""
    return with_chunk(png, b'x' * (size - len(png) - 12 - 8))


def document(number, size=0):
    """A document of its own for each number, which is kept as it is; at least so long."""
    front, end = seed('good.pdf').rsplit(b'startxref', 1)
    front, end = front + b'%% %d\n' % number, b'\nstartxref' + end.rstrip()
    return front + b'%' * (size - len(front) - len(end)) + end


def tinted(content, number):
    """The picture in other colours: another file also when it is written anew."""
    if content[:2] == b'\xff\xd8':
        place = content.index(b'\xff\xdb') + 5
        return content[:place] + bytes([1 + number % 250]) + content[place + 1 :]
    place = content.index(b'IHDR') + 17 + 4
    wide, high, _, colour = struct.unpack('>IIBB', content[16:26])
    size = {2: 3, 6: 4}[colour]
    rows = b''.join(
        b'\0' + (bytes([number * 37 % 256, y * 9 % 256, number % 256, 255])[:size]) * wide
        for y in range(high)
    )
    end = content.index(b'IDAT') - 4
    return (
        content[:place]
        + content[place:end]
        + chunk(b'IDAT', zlib.compress(rows))
        + chunk(b'IEND', b'')
    )


def bomb():
    """A workbook whose part says that it is 400 MB long."""
    book = workbook(**{'xl/media/a.bin': b'0'})
    place = book.rfind(b'PK\1\2')
    while b'xl/media/a.bin' not in book[place : place + 80]:
        place = book.rfind(b'PK\1\2', 0, place)
    return book[: place + 24] + struct.pack('<I', 400 * 1024 * 1024) + book[place + 28 :]


def late_macro():
    """The type of a macro stands behind as many bytes as are read of the list of types."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        types = book.read('[Content_Types].xml').decode()
    late = '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    return workbook(**{'[Content_Types].xml': types.replace('</Types>', ' ' * 256 * 1024 + late)})


def typed(change):
    """A workbook whose list of types is changed."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as book:
        types = book.read('[Content_Types].xml').decode()
    return workbook(**{'[Content_Types].xml': change(types)})


def twin(name, text):
    """A workbook with another part, perhaps of a name that it has already."""
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, 'a', zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def pdf(*objects):
    """A document of these objects, after a catalogue and an empty page."""
    text, places = b'%PDF-1.7\n', []
    front = (
        b'<</Type/Catalog/Pages 2 0 R>>',
        b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
        b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>',
    )
    for n, body in enumerate((*front, *objects)):
        places.append(len(text))
        text += b'%d 0 obj' % (n + 1) + body + b' endobj\n'
    table = b''.join(b'%010d 00000 n \n' % place for place in places)
    count = len(places) + 1
    return (
        text
        + b'xref\n0 %d\n0000000000 65535 f \n' % count
        + table
        + b'trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (count, len(text))
    )


def packed(text, head=b'/Type/ObjStm', how=b'/Filter/FlateDecode', pack=zlib.compress):
    data = pack(text)
    return pdf(
        b'<<%s/N 1/First 4%s/Length %d>>stream\n' % (head, how, len(data)) + data + b'\nendstream'
    )


RUN = b'9 0 <</S/JavaScript/JS(app.alert(1))>>'


def behind(dictionary_end):
    """A document whose action is packed, as its table of objects says, in a stream that does not
    say so near by."""
    data = zlib.compress(b'5 0 <</S/JavaScript/JS(app.alert(1))>>')
    objects = [
        b'<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>',
        b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
        b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>',
        b'<</N 1/First 4/Filter/FlateDecode/Length %d' % len(data)
        + dictionary_end
        + b'>>stream\n'
        + data
        + b'\nendstream',
    ]
    text, rows = b'%PDF-1.7\n', [(0, 0, 65535)]
    for n, body in enumerate(objects):
        rows.append((1, len(text), 0))
        text += b'%d 0 obj' % (n + 1) + body + b' endobj\n'
    rows += [(2, 4, 0), (1, len(text), 0)]
    table = b''.join(struct.pack('>BIH', *row) for row in rows)
    return (
        text
        + b'6 0 obj<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>stream\n' % len(table)
        + table
        + b'\nendstream endobj\nstartxref\n%d\n%%%%EOF\n' % len(text)
    )


def acting():
    """What would do something when it is opened."""
    link = (
        '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<{} ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    ).format
    sheet = '<worksheet><sheetData><row><c><{0}>{1}</{0}></c></row></sheetData></worksheet>'.format
    part = 'xl/worksheets/sheet1.xml'
    scripts = {
        'js.pdf': pdf(b'<</S/JavaScript/JS(1)>>'),
        'launch.pdf': pdf(b'<</S/Launch/F(cmd.exe)>>'),
        'spelt.pdf': pdf(b'<</S/J#61va#53cript/JS(1)>>'),
        'attached.pdf': pdf(b'<</EF 9 0 R/EmbeddedFile 1>>'),
        'media.pdf': pdf(b'<</Subtype/RichMedia>>'),
        'xfa.pdf': pdf(b'<</XFA[9 0 R]>>'),
        'packed.pdf': packed(RUN),
        'packed_nameless.pdf': packed(RUN, head=b''),
        'packed_spelt.pdf': packed(RUN, head=b'/Type/Obj#53tm'),
        'packed_twice.pdf': packed(
            RUN,
            how=b'/Filter[/FlateDecode/FlateDecode]',
            pack=lambda text: zlib.compress(zlib.compress(text)),
        ),
        'packed_hex.pdf': packed(
            RUN, how=b'/Filter/ASCIIHexDecode', pack=lambda t: t.hex().encode()
        ),
        'packed_elsewhere.pdf': packed(RUN, how=b'/Filter 9 0 R'),
        'packed_bomb.pdf': packed(b'9 0 ' + bytes(80 * 1024 * 1024)),
        'in_stream.pdf': pdf(
            b'<</Length 40>>stream\n9 0 obj<</S/JavaScript/JS(1)>>endobj\nendstream'
        ),
        'typed_elsewhere.pdf': pdf(b'/ObjStm'),
        'behind_blanks.pdf': behind(b' ' * 9000),
        'behind_text.pdf': behind(b'/X(obj)'),
    }
    links = {
        'dde.xlsx': workbook(**{'xl/externalLinks/externalLink1.xml': link('ddeLink')}),
        'dde_elsewhere.xlsx': workbook(**{'xl/x.xml': link('x:ddeLink')}),
        'ole.xlsx': workbook(**{'xl/x.xml': link('oleLink')}),
        'dde_wide.xlsx': workbook(**{'xl/x.xml': link('ddeLink').encode('utf-16')}),
        'dde_remark.xlsx': workbook(**{'xl/x.xml': "<!-- it's -->" + link('ddeLink')}),
        'connections.xlsx': workbook(**{'xl/connections.xml': '<connections/>'}),
        'late_macro.xlsx': late_macro(),
        'spelt_macro.xlsx': typed(
            lambda types: types.replace(
                '</Types>', '<Default Extension="b" ContentType="vba&#80;roject"/></Types>'
            )
        ),
        'formula.xlsx': workbook(**{part: sheet('f', "cmd|'/c calc'!A0")}),
        'formula_spelt.xlsx': workbook(**{part: sheet('f', 'cmd&#x7C;&apos;/c calc&apos;!A0')}),
        'formula_quoted.xlsx': workbook(**{part: sheet('x:f', "\"a\"&amp;cmd|'/c calc'!A0")}),
        'formula_cdata.xlsx': workbook(**{part: sheet('f', "<![CDATA[cmd|'/c calc'!A0]]>")}),
        'formula_name.xlsx': workbook(**{part: sheet('definedName', "cmd|'/c calc'!A0")}),
    }
    bounds = {
        'ratio.xlsx': twin('xl/x.xml', '<a>' + ' ' * 20 * 1024 * 1024 + '</a>'),
        'twin.xlsx': twin('[content_types].xml', '<Types/>'),
    }
    fine = {
        'tautan.pdf': pdf(b'<</Type/Outlines/First 4 0 R/A<</S/GoTo/D[3 0 R/Fit]>>>>'),
        'terkemas.pdf': packed(b'9 0 <</S/URI/URI(https://a.example/)>>'),
        'rumus.xlsx': workbook(**{part: sheet('f', "SUM(A1,'a|b'!A2)&amp;\"a|b\"")}),
        'uraian.xlsx': workbook(**{part: sheet('t', 'ddeLink | vbaProject, it&apos;s')}),
    }
    return [
        (name, content, word)
        for some, word in ((scripts, 'script'), (links, 'macro'), (bounds, 'broken'), (fine, None))
        for name, content in some.items()
    ]


def good():
    return [
        ('laporan.pdf', seed('good.pdf'), None),
        ('foto.png', seed('good.png'), None),
        ('foto.jpg', seed('good.jpg'), None),
        ('foto.webp', seed('good.webp'), None),
        ('data.xlsx', workbook(), None),
    ]


def as_they_come():
    """What cameras, telephones, scanners and offices leave around a file; each is another one."""
    jpgs = [
        (name, tinted(seed(name), number), None)
        for number, name in enumerate(
            ('samsung.jpg', 'zeros_behind.jpg', 'plist.jpg', 'place.jpg'), 2
        )
    ]
    pdfs = [
        (name, re.sub(rb'%PDF-1\.\d', b'%%PDF-1.%d' % number, seed(name), count=1), None)
        for number, name in enumerate(
            ('zeros_behind.pdf', 'remark_behind.pdf', 'zeros_before.pdf'), 5
        )
    ]
    return (
        jpgs
        + pdfs
        + [
            ('two_clocks.xlsx', seed('two_clocks.xlsx'), None),
            ('forbids_printing.pdf', seed('forbids_printing.pdf'), None),
            ('unduhan.jfif', tinted(seed('good.jpg'), 60), None),
            ('Rapat 12.5', tinted(seed('good.png'), 2), None),
            ('foto.heic', seed('photo.heic'), 'heic'),
            ('terkunci.pdf', seed('asks_password.pdf'), 'locked'),
            ('terkunci.xlsx', seed('locked.xlsx'), 'locked'),
            ('dua_nama.xlsx', seed('two_names.xlsx'), 'broken'),
            ('hanya_cetak.pdf', seed('forbids_printing_js.pdf'), 'script'),
        ]
    )


def page_inside(pdf):
    """The document with a page in a remark at its beginning, its table's place corrected."""
    line = b'%' + SCRIPT + b'\n'
    front, place = pdf.rsplit(b'startxref\n', 1)
    place, end = place.split(b'\n', 1)
    return front[:9] + line + front[9:] + b'startxref\n%d\n' % (int(place) + len(line)) + end


def mixed():
    pdf, png, jpg, webp = (seed('good.' + e) for e in ('pdf', 'png', 'jpg', 'webp'))
    bundle = archive({'META-INF/MANIFEST.MF': 'Main-Class: A\n', 'A.class': b'\xca\xfe\xba\xbe'})
    return [
        ('page_behind.pdf', pdf + SCRIPT, 'mixed'),
        ('page_before.pdf', SCRIPT + pdf, 'kind'),
        ('page_inside.pdf', page_inside(pdf), 'mixed'),
        ('zip_behind.pdf', pdf + bundle, 'mixed'),
        (
            'zip_inside.pdf',
            pdf[: -len(pdf.rsplit(b'startxref', 1)[1]) - 9]
            + reaching(bundle, len(pdf.rsplit(b'startxref', 1)[1]) + 9)
            + b'startxref'
            + pdf.rsplit(b'startxref', 1)[1],
            'mixed',
        ),
        ('zip_behind.png', png + bundle, 'mixed'),
        ('zip_inside.png', with_chunk(png, reaching(bundle, 16)), 'mixed'),
        ('page_inside.png', with_chunk(png, SCRIPT), 'mixed'),
        ('pdf_inside.png', with_chunk(png, b'%PDF-1.4\n'), 'mixed'),
        ('zip_behind.jpg', jpg + bundle, 'mixed'),
        ('page_inside.jpg', remark(jpg, SCRIPT), 'mixed'),
        ('page_behind.jpg', jpg + SCRIPT, 'mixed'),
        ('two.jpg', tinted(jpg, 1) + jpg, None),
        ('page_behind.webp', webp + SCRIPT, 'mixed'),
        ('page_behind.xlsx', workbook() + SCRIPT, 'mixed'),
        ('pdf_first.xlsx', archive({'a.pdf': ''}), 'kind'),
        ('gif_jar.jpg', b'GIF89a' + bundle, 'kind'),
    ]


def others():
    png = seed('good.png')
    return [
        ('empty.pdf', b'', 'empty'),
        (
            'picture.svg',
            b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
            'kind',
        ),
        ('picture.png', b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'kind'),
        ('program.exe', b'MZ' + b'\0' * 200, 'kind'),
        ('program.png', b'MZ' + b'\0' * 200, 'kind'),
        ('foto.exe', png, 'name'),
        ('foto.pdf', png, 'name'),
        ('foto', tinted(png, 1), None),
        ('foto.txt', png, 'name'),
        ('foto.png.html', png, 'name'),
        ('buku.xls', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 504, 'kind'),
        (
            'surat.docx',
            archive(
                {
                    '[Content_Types].xml': '<Types/>',
                    '_rels/.rels': '<R/>',
                    'word/document.xml': '<d/>',
                }
            ),
            'kind',
        ),
        ('paket.zip', archive({'a.txt': 'a'}), 'kind'),
        ('paket.xlsx', archive({'a.txt': 'a'}), 'kind'),
        ('catatan.txt', b'halo', 'kind'),
        ('macro.xlsm', workbook(MACRO, **{'xl/vbaProject.bin': b'x'}), 'macro'),
        ('macro.xlsx', workbook(MACRO), 'macro'),
        ('hidden_macro.xlsx', workbook(**{'xl/VBAPROJECT.bin': b'x'}), 'macro'),
        ('sheet_macro.xlsx', workbook(**{'xl/macrosheets/sheet1.xml': '<m/>'}), 'macro'),
        ('object.xlsx', workbook(**{'xl/embeddings/oleObject1.bin': b'x'}), 'macro'),
        ('bomb.xlsx', bomb(), 'broken'),
        ('json.xlsx', workbook(**{'customXml/item1.json': '{}'}), None),
        ('epub.xlsx', led_by('mimetype', 'application/epub+zip'), 'kind'),
        ('java.xlsx', led_by('META-INF/MANIFEST.MF', 'Manifest-Version: 1.0\n'), 'kind'),
        ('way_out.xlsx', workbook(**{'../../evil.xml': 'x'}), 'broken'),
        ('kosong.pdf', b'%PDF-1.4\n', 'broken'),
        ('semu.pdf', b'%PDF-1.4\n%%EOF\n', 'broken'),
        ('semu.png', png[:8], 'broken'),
        ('semu.webp', b'RIFF\x04\0\0\0WAVE' + b'\0' * 20, 'kind'),
    ]


def cases(large=False):
    """All of them; with large also those around the limit of 10 MB."""
    found = good() + mixed() + others() + acting() + as_they_come()
    for name, content, _ in good():
        found += [
            ('half_' + name, content[: len(content) // 2], 'broken'),
            ('cut_' + name, content[:-8], 'broken'),
        ]
    if large:
        png, limit = seed('good.png'), 10 * 1024 * 1024
        found += [
            ('batas.pdf', document(0, limit), None),
            ('besar.pdf', document(0, limit + 1), 'large'),
            ('besar.png', padded_png(png, limit + 1), 'large'),
        ]
    return found


if __name__ == '__main__':
    for name, content, _ in cases():
        if len(content) < 20000:
            with open(os.path.join(sys.argv[1], name), 'wb') as file:
                file.write(content)
