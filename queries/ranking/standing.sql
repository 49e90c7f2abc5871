-- One row per treaty, 31 December from that of $first_year through that of $last_year, and state that had signed or joined
-- by then: whether it was a party, and whether it had signed or joined and not left. Dates known to a month or a year count
-- from its end.
with known as (
    select treaty, iso3, action, joins, effective_date, date,
        case precision when 'year' then make_date(year(date), 12, 31) when 'month' then last_day(date) else date end as known_on
    from treaty_actions where list_contains($treaties::varchar[], treaty)
),
days as (
    select make_date(year::integer, 12, 31) as anchor from range($first_year::integer, $last_year::integer + 1) as r(year)
),
acts as (
    select d.anchor, k.treaty, k.iso3,
        max(k.date) filter (where k.joins) as joined,
        max(k.effective_date) filter (where k.action = 'withdrawal' and k.effective_date <= d.anchor) as left_on
    from days as d join known as k on k.known_on <= d.anchor group by all
)
select
    treaty, anchor, iso3,
    joined is not null and not coalesce(left_on > joined, false) as party,
    not coalesce(left_on > joined, left_on is not null) as engaged
from acts order by treaty, anchor, iso3
