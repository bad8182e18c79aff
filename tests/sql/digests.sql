-- The nine publications of a new instance have the digests that were written down before packages
-- had a second format: what the engine, the import and the export do to the first is what they did.
begin;
select plan(1);
select results_eq(
  $$select p.round::text, p.n, p.digest from data.publication p order by p.id$$,
  $$values ('2019', 1,
            '6ee76f9fdac65745febe45df4da89c75ded2d9ca6f54813288e7cfdabdaea6a7'),
           ('2020', 1,
            '5b06dd5b5ae6dad6fb884d6fbf048009462f831f9800a05078c5c70b65f02794'),
           ('2021', 1,
            'bbf91be5338ece55f008776df06cb45a7daefca73276fba12bbd1fc71ff86d97'),
           ('2022', 1,
            '24b8b0f042020939fb9145f2dddc66f1e27a340c5e3c3572221ede2d20c6a0a7'),
           ('2023', 1,
            '22a3a233c968e1b6230c8e70f8d8d323774b589608ca30e330f7b3911485b665'),
           ('2024', 1,
            '93623ffe0c432a3d8f1b5fdfb8b7dc0d2985257a28b15610b6478d6f985c83f1'),
           ('simulasi-1', 1,
            '35cb6aeb968b9d629378f17e40dfd86c6701c02493ea069a224b6aaae06292cb'),
           ('simulasi-2', 1,
            'cf4aba6f01b1092611e0ac5e135b8eb5f228efe4d38403ad6acfa4a8cf6eb9bb'),
           ('simulasi', 1,
            '79a867df01763d5e6538b7012044431876e6b592b79bb4267273b4a5dda480c5')$$,
  'package digests of a new instance');
select * from finish();
rollback;
