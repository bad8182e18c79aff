/** The address of a page in a language. */
export function address(path, lang) {
  return lang === 'en' ? '/en' + path.replace(/^\/$/, '') : path;
}

// One address of every page, with the state that shows most of it, and the pages that say
// "not here".
export const routes = [
  '/', '/?daerah=kota-madiun', '/peringkat/2024', '/peringkat/2022?ukuran=governance', '/perubahan',
  '/peringkat/2022?provinsi=papua', '/kota', '/kota?q=kediri', '/kota?q=zzz', '/kota/kota-kediri',
  '/kota/kota-serang', '/kota/kabupaten-sampang?daerah=kabupaten-sampang', '/kota/kota-kediri/2022',
  '/kota/kota-serang/2024', '/banding', '/banding?kota=kota-madiun,kota-serang,kota-kediri',
  '/banding?kota=kota-madiun&daerah=kota-serang', '/banding?kota=kota-madiun&q=kediri', '/quickwin',
  '/quickwin?q=sampah', '/quickwin?q=zzz', '/quickwin?dimensi=living&halaman=2', '/quickwin/1',
  '/quickwin?q=sampha&perangkat=dinas-lingkungan-hidup', '/metode/2020', '/metode/2022', '/koreksi',
  '/koreksi/simulasi', '/tentang', '/peringkat/simulasi',
  '/peringkat/simulasi?pulau=kalimantan&daerah=kota-serang', '/kota?q=sampah',
  '/dimensi/governance/simulasi?daerah=kota-kediri', '/dimensi/output/simulasi-2',
  '/dimensi/governance/2024', '/dimensi/baseline/2024', '/kota/kota-kediri/simulasi',
  '/kota/kota-kediri?putaran=simulasi&daerah=kota-serang', '/metode/simulasi',
  '/banding?kota=kota-kediri,kota-madiun,kota-bandung&putaran=simulasi&daerah=kota-madiun',
];
export const absent = [
  '/tidak-ada', '/kota/tidak-ada', '/peringkat/1901', '/dimensi/tidak-ada/2024', '/quickwin/999999',
  '/banding?kota=kota-kediri,tidak-ada',
];

// Addresses that are refused, by the program and by nginx itself, and with what.
export const refused = { '/kota?jenis=x': 400, '/%00': 400, [`/${'a'.repeat(9000)}`]: 414 };
