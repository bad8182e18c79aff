// The numbers of pictures against those in words, on any page.
//
// A mark that stands for a figure bears it: data-value, and data-name when it belongs to a row of a
// table or of a directory of the page, whose head it names; data-from, where it leads from one
// value to another. Bars in a column need none, as their figure stands next to them.

/**
 * Runs in the page: what does not agree, one line each, and how many marks and bars were compared.
 */
function disagreements() {
  const faults = [];
  let compared = 0;
  const same = (a, b) => a !== '' && b !== '' && Math.abs(Number(a) - Number(b)) < 1e-9;
  const rows = new Map();
  for (const head of document.querySelectorAll('table.data tbody th[scope=row]')) {
    const name = (head.querySelector('a') ?? head).textContent.trim();
    const row = head.parentElement;
    rows.set(name, [
      ...(rows.get(name) ?? []),
      ...[...row.querySelectorAll('data')].map((data) => data.value),
    ]);
  }
  for (const item of document.querySelectorAll('.directory li:has(a)')) {
    rows.set(
      item.querySelector('a').textContent.trim(),
      [...item.querySelectorAll('data')].map((data) => data.value),
    );
  }
  // a list that shows a part of its rows
  const filtered = document.querySelector('meta[name=robots]') !== null;

  for (const mark of document.querySelectorAll('svg [data-value]')) {
    const { name, value, from } = mark.dataset;
    const beside =
      name === undefined
        ? [...mark.closest('section, article, header').querySelectorAll('data')].map(
            (data) => data.value,
          )
        : rows.get(name);
    if (beside === undefined && filtered) continue;
    compared += 1;
    for (const figure of from === undefined ? [value] : [value, from]) {
      if (!beside?.some((other) => same(figure, other)))
        faults.push(
          `${name ?? 'a mark'}: ${figure} in the picture, ${beside?.join(' ')} in the table`,
        );
    }
  }

  // Bars of a body lie on one scale: from the longest and the shortest follow all others. A zero is
  // a stub.
  for (const body of document.querySelectorAll('table.data tbody')) {
    const bars = [...body.querySelectorAll('.gauge')]
      .map((cell) => ({ data: cell.querySelector('data'), bar: cell.querySelector('.bar > .v') }))
      .filter(({ data, bar }) => data && bar && Number(data.value) > 0)
      .map(({ data, bar }) => ({
        value: Number(data.value),
        x: parseFloat(bar.getAttribute('x2')),
      }))
      .sort((a, b) => a.value - b.value);
    if (bars.length < 3) continue;
    const low = bars[0], high = bars.at(-1);
    for (const { value, x } of bars) {
      compared += 1;
      const expected =
        high.value === low.value
          ? low.x
          : low.x + ((high.x - low.x) * (value - low.value)) / (high.value - low.value);
      if (Math.abs(x - expected) > 0.2)
        faults.push(`a bar for ${value} ends at ${x} % instead of ${expected.toFixed(2)} %`);
    }
  }
  return { faults, compared };
}

export function numbers(page) {
  return page.evaluate(disagreements);
}
