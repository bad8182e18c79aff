"""Files as real programs write them, for made.t. Each maker is named after its program, needs the
commands and modules of `needs`, and fills a folder of its own. Without `many` it makes a few."""
import collections
import glob
import gzip
import itertools
import os
import random
import shutil
import subprocess
import zipfile

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
seeds = os.path.join(root, 'tests', 'fuzz', 'seeds', 'media')
words = 'Bank sampah, Antrean puskesmas, Lorong sayur, Pasar malam, Sekolah sungai'.split(', ')
makers = []


def needs(*names, dear=True):
    """Commands, and modules as "import name"; `dear` ones are for the long form."""

    def note(maker):
        maker.needs, maker.dear = names, dear
        makers.append(maker)
        return maker

    return note


def run(*command, out=subprocess.PIPE, **more):
    """Runs it; what it says is of no interest unless it fails."""
    done = subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=subprocess.PIPE,
        **more,
    )
    if done.returncode != 0:
        raise RuntimeError(f'{command}: {done.stderr.decode(errors="replace")[-400:]}')


class Folder:
    """Where a maker puts its files: new('jpg') is the path of the next one."""

    def __init__(self, path):
        self.path, self.count = path, itertools.count()
        os.makedirs(path)

    def new(self, ending):
        return os.path.join(self.path, f'{next(self.count):03}.{ending}')

    def find(self, *endings):
        return sorted(
            f for f in glob.glob(f'{self.path}/**', recursive=True) if f.split('.')[-1] in endings
        )

    def forget(self, *endings):
        for path in self.find(*endings):
            os.remove(path)


@needs('vips', dear=False)
def vips(folder, many):
    """Noise, in the ways that libvips can write it."""
    ends = ['jpg[interlace]', 'png[palette]', 'webp[Q=50]']
    sizes = [(64, 48)]
    if many:
        sizes += [(300, 200), (1, 1), (1200, 30)]
        ends += [
            'jpg[Q=40]',
            'jpg[Q=95,no-subsample]',
            'jpg[optimize-coding]',
            'webp[lossless]',
            'png[compression=9,interlace]',
            'png[compression=0]',
            'webp[near-lossless,Q=60]',
        ]
    for wide, high in sizes:
        noise, bytes_, bands = (folder.new(f'{n}.v') for n in range(3))
        run('vips', 'gaussnoise', noise, wide, high, '--sigma', 60, '--mean', 120)
        run('vips', 'cast', noise, bytes_, 'uchar')
        run('vips', 'bandjoin', f'{bytes_} {bytes_} {bytes_}', bands)
        for end in ends:
            name, _, how = end.partition('[')
            run('vips', 'copy', bands, f'{folder.new(name)}[{how}', '--interpretation', 'srgb')
        if many:
            run('vips', 'copy', bytes_, folder.new('png'), '--interpretation', 'b-w')
            run('vips', 'copy', bytes_, folder.new('jpg'), '--interpretation', 'b-w')
    folder.forget('v')


@needs('mandoc', dear=False)
def mandoc(folder, many):
    """Manuals as PDF."""
    manuals = [f'{root}/docs/tolok.8']
    if many:
        manuals += sorted(glob.glob('/usr/share/man/man[158]/*.gz'))[:30]
    for manual in manuals:
        page = folder.new('man')
        with (gzip.open if manual.endswith('.gz') else open)(manual, 'rb') as given:
            with open(page, 'wb') as out:
                out.write(given.read())
        with open(folder.new('pdf'), 'wb') as out:
            subprocess.run(
                ['mandoc', '-T', 'pdf', page], stdout=out, stderr=subprocess.DEVNULL, check=False
            )
    folder.forget('man')


@needs('qpdf', 'mandoc', dear=False)
def qpdf(folder, many):
    """What others wrote, as qpdf writes it anew."""
    ways = [
        ('--linearize',),
        ('--object-streams=generate',),
        ('--qdf',),
        ('--encrypt', '', 'pemilik', '256', '--modify=none', '--'),
    ]
    sources = [f'{seeds}/good.pdf']
    if many:
        ways += [
            ('--object-streams=disable',),
            ('--stream-data=uncompress',),
            ('--normalize-content=y',),
            ('--newline-before-endstream',),
            ('--min-version=1.7',),
            ('--force-version=1.3',),
            ('--encrypt', '', 'pemilik', '128', '--print=none', '--use-aes=y', '--'),
            ('--recompress-flate', '--compression-level=9', '--object-streams=generate'),
            ('--coalesce-contents',),
            ('--remove-unreferenced-resources=yes',),
            ('--static-id',),
        ]
        page = folder.new('src')
        with open(page, 'wb') as out:
            run('mandoc', '-T', 'pdf', f'{root}/docs/tolok-package.5', out=out)
        sources += [page, *sorted(glob.glob(f'{folder.path}/../ghostscript/*.pdf'))[:4]]
    for source, way in itertools.product(sources, ways):
        run('qpdf', '--warning-exit-0', *way, source, folder.new('pdf'))
    folder.forget('src')


@needs(dear=False)
def python(folder, many):
    """The same workbook in other orders, packed otherwise, with other clocks."""
    with zipfile.ZipFile(f'{seeds}/good.xlsx') as book:
        parts = {name: book.read(name) for name in book.namelist()}
    chance = random.Random(1)
    for i in range(40 if many else 2):
        names = list(parts)
        chance.shuffle(names)
        with zipfile.ZipFile(folder.new('xlsx'), 'w') as out:
            for name in names:
                info = zipfile.ZipInfo(name, (1980 + i, 1 + i % 12, 1, 0, 0, i % 60))
                info.compress_type = chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
                out.writestr(info, parts[name])


@needs('unzip', 'zip', dear=False)
def info_zip(folder, many):
    """Unpacked and packed again by hand."""
    open_at = os.path.join(folder.path, 'open')
    run('unzip', '-q', f'{seeds}/good.xlsx', '-d', open_at)
    for level in (0, 1, 6, 9) if many else (9,):
        for what in (['-X', '.'], ['[Content_Types].xml', '_rels', 'xl'])[: 1 + many]:
            run('zip', '-q', '-r', f'-{level}', folder.new('xlsx'), *what, cwd=open_at)
    shutil.rmtree(open_at)


@needs('/usr/bin/convert')
def imagemagick(folder, many):
    del many
    sources = [
        'plasma:fractal',
        'gradient:red-blue',
        'xc:teal',
        'rose:',
        'logo:',
        'pattern:bricks',
        'granite:',
        'netscape:',
        'radial-gradient:',
        'plasma:green-yellow',
    ]
    # One process writes all of them, and what it is told holds for those that follow.
    ways = [
        ('jpg', '-quality', '60'),
        ('jpg', '-colorspace', 'Gray'),
        ('jpg', '-colorspace', 'CMYK'),
        ('png',),
        ('png', '-alpha', 'set'),
        ('webp',),
        ('webp', '-define', 'webp:lossless=true'),
        ('jpeg', '-sampling-factor', '4:2:0'),
        ('jpg', '-set', 'comment', 'Foto kegiatan', '-density', '300'),
        ('pdf',),
        ('pdf', '-compress', 'jpeg'),
        ('jpg', '-interlace', 'JPEG', '-quality', '92'),
        ('png', '-interlace', 'PNG', '-set', 'comment', 'Dibuat di Kediri'),
        ('png', '-depth', '16'),
        ('png', '-depth', '8', '-colors', '200', '-type', 'Palette'),
    ]
    for source, size in itertools.product(sources, ['320x240', '37x91', '900x600']):
        each = [
            ('(', '+clone', *how, '-write', folder.new(end), '+delete', ')')
            for end, *how in ways
            if end != 'pdf' or may_write_pdf()
        ]
        run(
            '/usr/bin/convert',
            '-size',
            size,
            source,
            '-resize',
            f'{size}!',
            *itertools.chain(*each),
            'null:',
        )


def may_write_pdf():
    """Debian's policy for ImageMagick forbids it where Ghostscript was a danger."""
    policies = ''.join(
        open(f, encoding='utf-8').read() for f in glob.glob('/etc/ImageMagick-*/policy.xml')
    )
    return 'rights="none" pattern="PDF"' not in policies


@needs('gs')
def ghostscript(folder, many):
    del many
    page = folder.new('ps')
    with open(page, 'w', encoding='ascii') as out:
        out.write('%!PS\n/Times-Roman findfont 20 scalefont setfont\n')
        for n in range(10):
            out.write(
                f'72 {700 - 20 * n} moveto ({words[n % 5]} {n}) show\n{n / 10} 0.5 0.2 '
                f'setrgbcolor 100 100 {200 + n} {50 + n} rectfill showpage\n'
            )
    quiet = ('gs', '-q', '-dBATCH', '-dNOPAUSE', '-dSAFER')
    for setting, level, more in itertools.product(
        ['screen', 'ebook', 'printer', 'prepress', 'default'],
        ['1.3', '1.4', '1.5', '1.7'],
        [(), ('-dPDFA=2', '-sColorConversionStrategy=RGB'), ('-dFastWebView=true',)],
    ):
        run(
            *quiet,
            '-sDEVICE=pdfwrite',
            *more,
            f'-dPDFSETTINGS=/{setting}',
            f'-dCompatibilityLevel={level}',
            f'-sOutputFile={folder.new("pdf")}',
            page,
        )
    for device, end in itertools.product(
        ('png16m', 'pnggray', 'pngalpha', 'png256', 'pngmono'), ('png',)
    ):
        run(
            *quiet,
            f'-sDEVICE={device}',
            '-r20',
            f'-sOutputFile={folder.path}/{device}-%d.{end}',
            page,
        )
    for device in ('jpeg', 'jpeggray'):
        run(
            *quiet,
            f'-sDEVICE={device}',
            '-r30',
            f'-sOutputFile={folder.path}/{device}-%d.jpg',
            page,
        )
    folder.forget('ps')


@needs('soffice')
def libreoffice(folder, many):
    del many
    home = f'-env:UserInstallation=file://{folder.path}/home'
    tables, texts = [], []
    for n in range(15):
        tables.append(folder.new('csv'))
        with open(tables[-1], 'w', encoding='utf-8') as out:
            out.writelines(
                f'"{words[i % 5]}",{i},{i / 7},"=B{i + 1}*2"\n' for i in range(3 + 9 * n)
            )
        texts.append(folder.new('html'))
        with open(texts[-1], 'w', encoding='utf-8') as out:
            out.write(f'<h1>{words[n % 5]}</h1>' + f'<p>{words[0]} <b>{n}</b></p>' * (1 + 8 * n))
            out.write(
                f'<img src="{seeds}/good.png"><table border=1><tr><td>a<td>b</table>' * (n % 3)
            )
    for what, given in (
        ('xlsx', tables),
        ('pdf:calc_pdf_Export', tables),
        ('pdf:writer_web_pdf_Export', texts),
    ):
        run(
            'soffice',
            home,
            '--headless',
            '--convert-to',
            what,
            '--outdir',
            f'{folder.path}/{what.split("_")[0].replace(":", "-")}',
            *given,
        )
    shutil.rmtree(f'{folder.path}/home')
    folder.forget('csv', 'html')


@needs('cwebp')
def cwebp(folder, many):
    del many
    ways = itertools.product((0, 40, 100), (0, 4, 6), ((), ('-lossless',), ('-metadata', 'all')))
    for i, (quality, method, more) in enumerate(ways):
        run(
            'cwebp',
            '-quiet',
            '-q',
            quality,
            '-m',
            method,
            *more,
            f'{seeds}/{("good.png", "good.jpg", "place.jpg")[i % 3]}',
            '-o',
            folder.new('webp'),
        )


@needs('jpegtran')
def jpegtran(folder, many):
    del many
    for source, how in itertools.product(
        ('good.jpg', 'place.jpg', 'two.jpg', 'samsung.jpg', 'plist.jpg'),
        (
            ('-progressive',),
            ('-arithmetic',),
            ('-optimize',),
            ('-rotate', '90'),
            ('-copy', 'all'),
            ('-grayscale',),
            ('-restart', '1'),
        ),
    ):
        run('jpegtran', *how, '-outfile', folder.new('jpg'), f'{seeds}/{source}')


@needs('exiftool')
def exiftool(folder, many):
    """What cameras and telephones say beside a picture."""
    del many
    given = [folder.new('jpg') for _ in range(25)] + [folder.new('png') for _ in range(15)]
    for path in given:
        shutil.copy(f'{seeds}/good.{path[-3:]}', path)
    run(
        'exiftool',
        '-q',
        '-overwrite_original',
        '-Artist=Sri',
        '-Make=Kamera',
        '-Orientation#=6',
        '-XMP:Title=Pasar',
        '-GPSLatitude=-7.8',
        '-GPSLatitudeRef=S',
        '-Comment=Foto',
        *given,
    )
    for n, path in enumerate(given):
        run(
            'exiftool',
            '-q',
            '-overwrite_original',
            f'-XMP:Description={words[n % 5] * (n * 9)}',
            f'-IPTC:Keywords=kota{n}',
            f'-ThumbnailImage<={seeds}/good.jpg',
            path,
        )


@needs('pdftocairo')
def poppler(folder, many):
    del many
    for n, (kind, size) in enumerate(itertools.product(('png', 'jpeg'), range(30, 90, 6))):
        run(
            'pdftocairo',
            f'-{kind}',
            '-singlefile',
            '-r',
            size,
            f'{seeds}/good.pdf',
            f'{folder.path}/{n}',
        )
    for n in range(10):
        run('pdftocairo', '-pdf', f'{seeds}/good.pdf', folder.new('pdf'))


@needs('img2pdf')
def img2pdf(folder, many):
    del many
    for n, name in itertools.product(range(5), ('good.jpg', 'good.png', 'place.jpg')):
        run('img2pdf', '--pagesize', f'A{n + 1}', f'{seeds}/{name}', '-o', folder.new('pdf'))


def missing(maker):
    """Which of its commands and modules are not installed."""
    found = []
    for name in maker.needs:
        module = name.removeprefix('import ')
        try:
            there = __import__(module) if module != name else shutil.which(name)
        except ImportError:
            there = None
        if not there:
            found.append(module)
    return found


def make(folder, many):
    """Lets those that are installed fill the folder. Files by maker, and what is missing."""
    made, lacks = collections.OrderedDict(), {}
    for maker in sorted(makers, key=lambda each: not each.dear):
        if maker.dear and not many:
            continue
        lack = missing(maker)
        if lack:
            lacks[maker.__name__] = lack
            continue
        there = Folder(os.path.join(folder, maker.__name__))
        maker(there, many)
        made[maker.__name__] = there.find('jpg', 'jpeg', 'png', 'webp', 'pdf', 'xlsx')
    return made, lacks
