"""Files as libraries of Python write them (makers.py)."""
import itertools
import random

from makers import needs, seeds, words


@needs('import openpyxl', 'import PIL')
def openpyxl(folder, many):
    del many
    import openpyxl as library
    from openpyxl.chart import BarChart, Reference
    from openpyxl.comments import Comment
    from openpyxl.drawing.image import Image
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    for i in range(60):
        book = library.Workbook()
        sheet = book.active
        for row in range(1, 4 + i):
            sheet.append([words[row % 5], row, row / 7, f'=B{row}*2'])
        if i % 2:
            sheet['A1'].font = Font(bold=True)
            sheet['A1'].fill = PatternFill('solid', fgColor='FFCC00')
        if i % 3 == 0:
            chart = BarChart()
            chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3 + i))
            sheet.add_chart(chart, 'F2')
        if i % 4 == 0:
            sheet.add_image(Image(f'{seeds}/good.png'), 'H2')
        if i % 5 == 0:
            sheet['B2'].comment = Comment('Diperiksa', 'Sri')
            sheet['C2'].hyperlink = 'https://kediri.example/'
        if i % 6 == 0:
            choice = DataValidation(type='list', formula1='"ya,tidak"')
            sheet.add_data_validation(choice)
            choice.add('E1:E9')
        if i % 7 == 0:
            book.create_sheet('Lain').merge_cells('A1:C2')
            book.security.lockStructure = True
            sheet.protection.enable()
        book.save(folder.new('xlsx'))


@needs('import xlsxwriter')
def xlsxwriter(folder, many):
    del many
    import xlsxwriter as library

    for i in range(60):
        book = library.Workbook(
            folder.new('xlsx'), {'constant_memory': i % 2 == 0, 'use_zip64': i % 9 == 0}
        )
        sheet = book.add_worksheet('Nilai')
        bold = book.add_format({'bold': True, 'num_format': '#,##0.00'})
        for row in range(3 + i):
            sheet.write_row(row, 0, [words[row % 5], row, row / 3], bold if row == 0 else None)
            sheet.write_formula(row, 4, f'=SUM(B1:B{row + 1})')
        if i % 3 == 0:
            chart = book.add_chart({'type': 'line'})
            chart.add_series({'values': '=Nilai!$B$1:$B$3'})
            sheet.insert_chart('G2', chart)
        if i % 4 == 0:
            sheet.insert_image('G20', f'{seeds}/good.jpg')
            sheet.write_url('H1', 'https://kediri.example/', string='situs')
        if i % 5 == 0:
            sheet.conditional_format('B1:B9', {'type': 'data_bar'})
            sheet.autofilter('A1:C9')
            book.define_name('Semua', '=Nilai!$A$1:$C$9')
        if i % 6 == 0:
            sheet.write_comment('A2', 'Diperiksa')
            sheet.protect()
        book.close()


@needs('import PIL')
def pillow(folder, many):
    del many
    from PIL import Image, PngImagePlugin

    chance = random.Random(2)
    for i, mode in itertools.product(range(10), ('RGB', 'L', 'P', 'RGBA', 'CMYK', '1')):
        size = (40 + i * 13, 30 + i * 7)
        picture = Image.frombytes('L', size, chance.randbytes(size[0] * size[1])).convert(mode)
        if mode in ('RGB', 'L', 'CMYK'):
            picture.save(
                folder.new('jpg'), quality=30 + 5 * i, progressive=i % 2 == 0, dpi=(72 + i, 72 + i)
            )
        if mode != 'CMYK':
            notes = PngImagePlugin.PngInfo()
            notes.add_itxt('Title', words[i % 5], zip=i % 2 == 0)
            picture.save(folder.new('png'), pnginfo=notes, optimize=i % 2 == 0)
        if mode in ('RGB', 'RGBA'):
            picture.save(folder.new('webp'), lossless=i % 2 == 0)
        if mode in ('RGB', 'L', '1', 'CMYK'):
            picture.save(folder.new('pdf'), resolution=100 + i)


@needs('import pikepdf')
def pikepdf(folder, many):
    del many
    import pikepdf as library

    for i in range(20):
        with library.open(f'{seeds}/good.pdf') as book:
            book.add_blank_page()
            with book.open_metadata() as meta:
                meta['dc:title'] = words[i % 5]
            book.save(
                folder.new('pdf'),
                linearize=i % 2 == 0,
                compress_streams=i % 3 == 0,
                object_stream_mode=library.ObjectStreamMode(i % 3),
            )
