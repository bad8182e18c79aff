# shellcheck shell=sh
# Round packages for the tests of `tolok`. Sourced after tests/lib.sh.

# A database and a folder of one's own, both gone at the end; the folder becomes the current one.
workplace() {
    scratch_database
    work=$(mktemp -d)
    # shellcheck disable=SC2154 # set by scratch_database
    trap 'dropdb -U postgres -f "$tap_database"; rm -rf "$work"' EXIT
    cd "$work" || exit 1
    remember
}

# good_package DIR: a sound package of two known regions, a tree of three levels and one official figure.
good_package() {
    mkdir -p "$1"
    cat >"$1/round.json" <<'TEXT'
{
  "format": "tolok-round/1",
  "code": "uji",
  "title": {"id": "Putaran uji", "en": "Test round"},
  "year": 2022,
  "simulated": true,
  "source": "tests",
  "method": {
    "version": "uji-1",
    "scale": {"min": "0", "max": "4"},
    "rounding": "half_up",
    "rank_on": "value",
    "ties": "competition",
    "missing": "drop",
    "min_coverage": "0.5",
    "higher_is_better": true,
    "draws": 10,
    "weight_spread": "0.25"
  }
}
TEXT
    cat >"$1/criteria.csv" <<'TEXT'
criterion,parent,weight,aggregate,round_step,kind,name_id,name_en
index,,,mean,0.01,index,Indeks,Index
top,index,1,mean,,component,Atas,Top
a,top,1,leaf,,indicator,A,A
b,top,2,leaf,,indicator,B,B
b,index,0.5,leaf,,indicator,B,B
TEXT
    printf 'region,name,group\n35.71,,umum\n35.72,,umum\n' >"$1/regions.csv"
    printf 'region,criterion,value,status\n35.71,a,3.5,\n35.71,b,2,value\n35.72,a,,\n35.72,b,1.25,\n' >"$1/marks.csv"
    printf 'region,criterion,value,note,source\n35.71,index,2.4,,"A letter, page 3"\n' >"$1/official.csv"
}

# What the database holds, in one digest: nothing may change it when an import is refused.
contents() {
    sql "select md5(string_agg(t, E'\n' order by t)) from (
           select 'region' || r::text as t from data.region r union all select 'round' || r::text from data.round r union all
           select 'method' || m::text from data.method m union all select 'criterion' || c::text from data.criterion c union all
           select 'edge' || e::text from data.criterion_edge e union all select 'intake' || i::text from data.intake i union all
           select 'participant' || p::text from data.participant p union all select 'mark' || m::text from data.mark m union all
           select 'official' || o::text from data.official o union all select 'publication' || p::text from data.publication p) x"
}

# Takes note of what the database holds now, which no refusal may change. To be called again after an import.
remember() { before=$(contents); }

# refused NAME EXPECTED ARGUMENT...: `tolok import ARGUMENT...` ends with 1, says exactly EXPECTED, prints no result and leaves
# the database as it was.
refused() {
    name=$1
    expected=$2
    shift 2
    said=$("$TOLOK" import "$@" 2>&1 >"$work/stdout")
    is "$?:$(cat "$work/stdout")" 1: "$name: refused"
    is "$said" "$expected" "$name: the words"
    is "$(contents)" "$before" "$name: nothing written"
}

# broken NAME FAULTS CHANGE: the good package after the shell text CHANGE, run inside it, has exactly these FAULTS, one per line.
broken() {
    rm -rf package
    good_package package
    (cd package && eval "$3")
    count=$(printf '%s\n' "$2" | wc -l)
    plural=s
    [ "$count" -gt 1 ] || plural=
    refused "$1" "$2
tolok: import: package: $count fault$plural, nothing was imported" package
}
