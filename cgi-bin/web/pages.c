/* The public pages. Adding one: docs/PAGE.md. */
#include "http/page.h"
#include "web/fill.h"

/* Tables are set by hand. */
/* clang-format off */
#define ROUND     {.name = "putaran", .kind = PARAM_CODE}
#define EDITION   {.name = "terbitan", .kind = PARAM_INT, .min = 1, .max = 100000}
#define DIMENSION {.name = "dimensi", .kind = PARAM_ENUM, \
                   .words = "governance branding economy living society environment lain"}
#define KIND      {.name = "jenis", .kind = PARAM_ENUM, .words = "kota kabupaten"}
#define PROVINCE  {.name = "provinsi", .kind = PARAM_SLUG}
#define ISLAND    {.name = "pulau", .kind = PARAM_SLUG}
/* The visitor's own region, marked wherever it is. */
#define MINE      {.name = "daerah", .kind = PARAM_SLUG, .kept = true}
#define SIZE      {.name = "penduduk", .kind = PARAM_ENUM, .words = "kecil sedang besar raya"}
#define SEARCH    {.name = "q", .kind = PARAM_TEXT, .max = 200}

static const struct param no_params[] = {{0}};
static const struct param home_params[] = {MINE, {0}};
static const struct param ranking_params[] = {
    ROUND,
    {.name = "ukuran", .kind = PARAM_CODE},
    /* A group without a name can not be asked for: an empty parameter counts as absent on every
       page, and it is what the form's "all groups" sends. Each group has a table of its own, so
       nothing of it is out of reach. */
    {.name = "kelompok", .kind = PARAM_TEXT, .max = 200},
    PROVINCE,
    KIND,
    ISLAND,
    SIZE,
    SEARCH,
    {.name = "urut", .kind = PARAM_ENUM, .words = "peringkat nilai nama provinsi perubahan",
     .standard = "peringkat"},
    EDITION,
    MINE,
    {0}};
static const struct param cities_params[] = {
    SEARCH, PROVINCE, KIND, {.name = "tandai", .kind = PARAM_ENUM, .words = "ya"}, MINE, {0}};
static const struct param city_params[] = {
    {.name = "city", .kind = PARAM_SLUG}, ROUND, EDITION, MINE, {0}};
static const struct param dimension_params[] = {
    {.name = "dimension", .kind = PARAM_CODE}, ROUND, EDITION, MINE, {0}};
static const struct param compare_params[] = {
    {.name = "kota", .kind = PARAM_SLUGS, .max = 6}, ROUND, SEARCH, MINE, {0}};
static const struct param quickwins_params[] = {
    SEARCH, DIMENSION, PROVINCE, KIND,
    {.name = "tahun", .kind = PARAM_INT, .min = 2000, .max = 2100},
    {.name = "kota", .kind = PARAM_SLUG},
    {.name = "perangkat", .kind = PARAM_SLUG},
    {.name = "topik", .kind = PARAM_SLUG},
    SIZE,
    {.name = "urut", .kind = PARAM_ENUM, .words = "cocok ditiru terbaru judul nama",
     .standard = "cocok"},
    {.name = "halaman", .kind = PARAM_INT, .min = 1, .max = 1000, .standard = "1"},
    {0}};
static const struct param quickwin_params[] = {
    {.name = "id", .kind = PARAM_INT, .min = 1, .max = 2147483647}, {0}};
static const struct param file_params[] = {
    {.name = "id", .kind = PARAM_INT, .min = 1, .max = 2147483647},
    {.name = "ukuran", .kind = PARAM_ENUM, .words = "kecil"}, {0}};
static const struct param round_params[] = {ROUND, EDITION, {0}};

/* What _strip.c adds. */
#define STRIP "strip spot"

/* What _matrix.c adds. */
#define MATRIX "spot bars_height bars_end matrix_height"

/* What places the mark of the visitor's own region. */
#define OWN "marked_x marked_y"

const struct page pages[] = {
    {.name = "home", .path = "/", .params = home_params,
     .fill = fill_home, .fills = STRIP " slope line", .max_age = 60,
     .doc = "What the newest figures say, a search for one's own region, who has published what."},
    {.name = "about", .path = "/tentang", .nav = "about", .params = no_params, .max_age = 600,
     .doc = "What the portal is, where its figures come from, and whom to tell about a mistake."},
    {.name = "changes", .path = "/perubahan", .nav = "ranking", .params = home_params,
     .fill = fill_changes, .fills = "move", .max_age = 60,
     .doc = "Who moved how far between rounds that may be compared, the largest rise first."},
    {.name = "cities", .path = "/kota", .nav = "cities", .params = cities_params,
     .fill = fill_cities, .fills = "place close near", .max_age = 60,
     .doc = "Directory and map of the fifty, with search over all regions that have"
             " published data."},
    {.name = "city", .path = "/kota/:city", .nav = "cities", .params = city_params,
     .fill = fill_city, .fills = "drawn " MATRIX " bar " OWN, .max_age = 60,
     .doc = "Profile of one city: where it stands and why, with every source."},
    {.name = "report", .path = "/kota/:city/:putaran", .nav = "cities", .params = city_params,
     .fill = fill_report, .fills = "drawn " MATRIX " " OWN, .max_age = 60,
     .doc = "Report card of one city in one round, made to be printed on one A4 page."},
    {.name = "compare", .path = "/banding", .nav = "compare", .params = compare_params,
     .fill = fill_compare, .fills = "line point end bar own " MATRIX " " OWN, .max_age = 60,
     .doc = "Two to six cities side by side, largest differences first."},
    {.name = "corrections", .path = "/koreksi/:putaran?", .nav = "about",
     .params = round_params, .max_age = 600,
     .doc = "What was corrected when: values and ranks before and after, with the reason."},
    {.name = "dimension", .path = "/dimensi/:dimension/:putaran?", .nav = "ranking",
     .params = dimension_params,
     .fill = fill_dimension, .fills = STRIP " bar", .max_age = 60,
     .doc = "One dimension or component of a round over all cities, with its parts."},
    {.name = "method", .path = "/metode/:putaran?", .nav = "method", .params = round_params,
     .fill = fill_method, .fills = "bar", .max_age = 600,
     .doc = "How a round's figures come about: one city walked through, then all the rules."},
    {.name = "quickwin", .path = "/quickwin/:id", .nav = "quickwins", .params = quickwin_params,
     .max_age = 60,
     .doc = "One quick win with its city, dimension, source and similar ones elsewhere."},
    {.name = "file", .path = "/berkas/:id", .params = file_params, .max_age = 60,
     .doc = "A file of a published quick win."},
    {.name = "quickwins", .path = "/quickwin", .nav = "quickwins", .params = quickwins_params,
     .max_age = 60,
     .doc = "Catalogue of quick wins with full-text search and facets."},
    {.name = "ranking", .path = "/peringkat/:putaran?", .nav = "ranking", .params = ranking_params,
     .fill = fill_ranking, .fills = STRIP " slope line bar median_x", .max_age = 60,
     .doc = "Ranking of one round by one criterion, with filters and sorting."},
    {0}};
