-- Exact arithmetic on numeric. Nothing here reads a table.

-- x rounded to a whole multiple of `step` (any positive decimal; null: x itself). `mode` is half_up
-- (halves away from zero) or half_even. The quotient is never formed: 2|x| + step is divided by 2
-- step as integers are, so no rounding of a division can push a value over a half. The result has
-- as many decimals as the step needs.
create or replace function calc.round_step(x numeric, step numeric, mode text) returns numeric
language sql immutable parallel safe as $$
  select case when step is null then x
    else sign(x) * trim_scale(step)
         * (div(2 * abs(x) + step, 2 * step)
            - case when mode = 'half_even' and mod(2 * abs(x) + step, 2 * step) = 0
                   then mod(div(2 * abs(x) + step, 2 * step), 2) else 0 end) end
$$;

-- dividend / divisor, divisor > 0, rounded to 15 decimals, halves away from zero, trailing zeros
-- cut. Exact for operands of any length.
create or replace function calc.quotient(dividend numeric, divisor numeric) returns numeric
language sql immutable parallel safe as $$
  select trim_scale(sign(dividend) * 0.000000000000001
                    * div(2e15 * abs(dividend) + divisor, 2 * divisor))
$$;

-- Natural logarithm of x > 0 with 50 decimals and one more for each digit before the point, so that
-- a geometric mean made of such logarithms keeps at least 45 right decimals.
create or replace function calc.long_ln(x numeric) returns numeric
language sql immutable parallel safe as $$
  select ln(round(x, greatest(scale(x), 50 + length(trunc(x)::text))))
$$;

-- Weighted geometric mean from the sum of weight times calc.long_ln(value) and the sum of weights
-- (> 0), to 15 decimals. The first rounding, at 30 decimals, brings back the means that are short
-- decimals (of 4 and 9: 6), so that their halves are seen as halves by the second.
create or replace function calc.geometric(log_sum numeric, weight numeric) returns numeric
language sql immutable parallel safe as $$
  select trim_scale(round(round(exp(log_sum / weight), 30), 15))
$$;

-- A numeric as a double: the draws of the intervals are made of these. What a double can not hold
-- becomes the nearest it can.
create or replace function calc.to_double(x numeric) returns double precision
language sql immutable parallel safe as $$
  select case when abs(x) > 1e300 then sign(x)::double precision * 1e300::double precision
              when abs(x) < 1e-300 then 0 else x::double precision end
$$;
