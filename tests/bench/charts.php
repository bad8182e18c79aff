<?php
// The charts of the ranking for the peer of the bench, with the places that chart.c, _axis.c,
// _bar.c, _strip.c and ranking.c of cgi-bin/web give them. What they add to the document is what
// the templates ranking, _strip and _slope ask for.

function percent(float $value, float $min, float $max): float {
    if (!($max > $min) || !($value > $min)) return 0;
    return $value >= $max ? 100 : ($value - $min) / ($max - $min) * 100;
}
function place(float $value, int $decimals = 2): string {
    $unit = 10 ** $decimals;
    $rounded = ($value < 0 ? -floor(-$value * $unit + 0.5) : floor($value * $unit + 0.5)) / $unit;
    return rtrim(rtrim(sprintf("%.{$decimals}F", $rounded == 0 ? 0 : $rounded), '0'), '.');
}
function multiples(float $min, float $max, float $step, ?float &$first): float {
    $first = ceil($min / $step - 1e-9);
    return floor($max / $step + 1e-9) - $first + 1;
}
function step(float $min, float $max, int $wanted): float {
    if (!($max > $min)) return 0;
    $power = 10 ** floor(log10(($max - $min) / $wanted));
    foreach ([1, 2, 5, 10, 20] as $factor) {
        $step = $factor * $power;
        if (multiples($min, $max, $step, $first) <= $wanted) break;
    }
    return $step;
}
function span(float $min, float $max, int $wanted, float $low, float $high): array {
    $step = step($low, $high, $wanted);
    if (!($step > 0)) return [$min, $max];
    return [max($min, floor($low / $step + 1e-9) * $step), min($max, ceil($high / $step - 1e-9) * $step)];
}
function axis(float $min, float $max, int $wanted): array {
    $marks = [];
    $step = step($min, $max, $wanted);
    $ticks = [$min];
    $between = multiples($min, $max, $step, $first);
    for ($i = 0; $i < $between; $i++) {
        $tick = ($first + $i) * $step;
        if ($tick - $min >= $step * 0.499 && $max - $tick >= $step * 0.499) $ticks[] = $tick;
    }
    $ticks[] = $max;
    $last = count($ticks) - 1;
    foreach ($ticks as $i => $tick)
        $marks[] = ['mark_x' => place(percent($tick, $min, $max)), 'mark' => place($tick, 9),
                    'inner_mark' => $i > 0 && $i < $last, 'last_mark' => $i === $last];
    return $marks;
}
function strip(array &$p): void {
    [$min, $max] = [(float)$p['scale_min'], (float)$p['scale_max']];
    $values = array_map('floatval', array_column($p['dots'], 'value'));
    $count = count($values);
    [$low, $high] = span($min, $max, 6, $values[0], $values[$count - 1]);
    $gap = 2.8 * min(1, 50 / $count);
    [$last, $levels, $at] = [[], [], []];
    foreach ($values as $i => $value) {
        $at[$i] = percent($value, $low, $high);
        for ($level = 0; isset($last[$level]) && $at[$i] - $last[$level] < $gap; $level++);
        $last[$level] = $at[$i];
        $levels[$i] = $level;
    }
    $height = min(11, 74 / max(count($last) - 1, 1));
    $hidden = false;
    foreach ($p['dots'] as $i => &$dot) {
        $dot['spot'] = ['x' => place($at[$i]), 'y' => place(96 - $height * $levels[$i])];
        $hidden = $hidden || !$dot['listed'];
    }
    unset($dot);
    [$from, $middle, $to] = array_map(fn($name) => percent((float)$p[$name], $low, $high),
                                      ['quartile_low', 'median', 'quartile_high']);
    $p['strip'] = ['some_hidden' => $hidden,
                   'box_x' => place($from), 'box_width' => place($to - $from),
                   'median_at' => place($middle), 'label_left' => $middle > 85,
                   'label_middle' => $middle >= 15 && $middle <= 85,
                   'marks' => axis($low, $high, 6),
                   'axis_low' => place($low, 9), 'axis_high' => place($high, 9)];
}
function settle(array $run, array $at, float $gap, float $low, float $high): float {
    $sum = 0;
    for ($i = 0; $i < $run[1]; $i++) $sum += $at[$run[0] + $i] - $i * $gap;
    return max(min($sum / $run[1], $high - ($run[1] - 1) * $gap), $low);
}
function spread(array $at, float $gap, float $low, float $high): array {
    $count = count($at);
    if ($count > 1 && $gap * ($count - 1) > $high - $low) $gap = ($high - $low) / ($count - 1);
    $runs = [];
    for ($i = 0; $i < $count; $i++) {
        $run = [$i, 1];
        $run[2] = settle($run, $at, $gap, $low, $high);
        while ($runs && $run[2] < end($runs)[2] + end($runs)[1] * $gap) {
            $before = array_pop($runs);
            $run = [$before[0], $before[1] + $run[1]];
            $run[2] = settle($run, $at, $gap, $low, $high);
        }
        $runs[] = $run;
    }
    foreach ($runs as $run)
        for ($i = 0; $i < $run[1]; $i++) $at[$run[0] + $i] = $run[2] + $i * $gap;
    return $at;
}
function slopes(array &$p): void {
    $sign = $p['higher_better'] ? 1 : -1;
    $lines = [];
    foreach ($p['dots'] as $i => &$dot) {
        $dot['line'] = null;
        if ($dot['previous'] === null) continue;
        [$from, $to] = [(float)$dot['previous'], (float)$dot['value']];
        $lines[$i] = ['from' => $from, 'to' => $to, 'gain' => $sign * ($to - $from),
                      'chosen' => $dot['listed']];
    }
    unset($dot);
    $p['slope'] = null;
    if (count($lines) < 2) return;
    $ends = array_merge(array_column($lines, 'from'), array_column($lines, 'to'));
    [$low, $high] = span((float)$p['scale_min'], (float)$p['scale_max'], 12, min($ends), max($ends));
    $height = max(160, min(420, 19 * (count($lines) + 1)));
    $order = array_keys($lines);
    usort($order, fn($a, $b) => $lines[$b]['chosen'] <=> $lines[$a]['chosen']
                                ?: $lines[$b]['gain'] <=> $lines[$a]['gain'] ?: $a <=> $b);
    $labelled = [];
    foreach ($order as $n => $i) {
        $line = &$lines[$i];
        $line['chosen'] = $p['filtered'] ? $line['chosen'] : $n < 5 && $line['gain'] > 0;
        $all = !$p['filtered'] && count($lines) <= 18;
        $line['labelled'] = $n < 18 && ($line['chosen'] || $all);
        if ($line['labelled']) $labelled[] = $i;
        foreach (['from', 'to'] as $end)
            $line[$end] = 30 + $height * (1 - percent($line[$end], $low, $high) / 100);
        if ($line['chosen'] || $line['labelled'] || count($lines) <= 150)
            $p['dots'][$i]['line'] = [
                'from_y' => place($line['from']), 'to_y' => place($line['to']),
                'strong' => $line['chosen'], 'labelled' => null];
    }
    unset($line);
    foreach (['from', 'to'] as $end) {
        usort($labelled, fn($a, $b) => $lines[$a][$end] <=> $lines[$b][$end]);
        $at = spread(array_map(fn($i) => $lines[$i][$end], $labelled), 19, 30, 30 + $height);
        foreach ($labelled as $n => $i)
            $p['dots'][$i]['line']['labelled'][$end . '_text_y'] = place($at[$n] + 4);
    }
    $p['slope'] = ['slope_low' => place($low, 9), 'slope_high' => place($high, 9),
                   'slope_bottom' => place(30 + $height),
                   'slope_height' => place(30 + $height + 9.5),
                   'some_strong' => in_array(true, array_column($lines, 'chosen'), true)];
}
function tables(array &$p): void {
    [$min, $max] = [(float)$p['scale_min'], (float)$p['scale_max']];
    $at = fn($value) => place(percent((float)$value, $min, $max));
    foreach ($p['tables'] as &$table) {
        $last = max(2, (float)$table['group_of']);
        $rank = fn($value) => place(percent((float)$value, 1, $last));
        $table['median_x'] = $table['median'] === null ? null : $at($table['median']);
        foreach ($table['rows'] as &$row) {
            $row['bar'] = (float)$row['value'] > $min ? $at($row['value']) . '%' : '3';
            $row['range'] = !$table['intervals'] ? null : [
                'span_from' => $rank($row['rank_from'] ?? $row['rank']),
                'span_to' => $rank($row['rank_to'] ?? $row['rank']), 'rank_x' => $rank($row['rank'])];
            $row['six'] = null;
            foreach ($row['profile'] ?? [] as $name => $value)
                $row['six'][$name] = place(24 - 0.2 * percent((float)($value ?? $min), $min, $max), 1);
        }
    }
}
