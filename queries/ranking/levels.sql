-- One row per treaty, anchor day and kind of state outside it (signatory or not): how many stood outside on the day, and
-- how many of them joined before the next anchor (null on $as_of itself). Anchors are $as_of and its anniversaries back
-- to the treaty's first four weeks. A fact dated to a month or a year is known from its end only.
with known as (
    select treaty, iso3, action, joins, effective_date, date,
        case precision when 'year' then make_date(year(date), 12, 31) when 'month' then last_day(date) else date end as known_on
    from treaty_actions where list_contains($treaties::varchar[], treaty)
),
opened as (select treaty, min(date) as opened from known group by treaty),
anchors as (
    select o.treaty, ($as_of::date - to_years(k::integer))::date as anchor,
        ($as_of::date - to_years(k::integer - 1))::date as until, date_diff('day', o.opened, anchor) / 365.25 as age
    from opened as o cross join range(0, $years::integer + 1) as r(k)
    where anchor >= o.opened + interval 28 day
),
standing as (
    select a.treaty, a.anchor, k.iso3,
        bool_or(k.action = 'signature') as signed,
        max(k.date) filter (where k.joins) as joined,
        max(k.effective_date) filter (where k.action = 'withdrawal' and k.effective_date <= a.anchor) as left_on
    from anchors as a join known as k on k.treaty = a.treaty and k.known_on <= a.anchor group by all
),
outside as (
    select a.treaty, a.anchor, a.until, a.age, s.iso3, coalesce(t.signed, false) and t.left_on is null as signatory
    from anchors as a cross join states as s
    left join standing as t on t.treaty = a.treaty and t.anchor = a.anchor and t.iso3 = s.iso3
    where (s.exists_from is null or s.exists_from <= a.anchor)
        and (t.joined is null or coalesce(t.left_on > t.joined, false))
),
joiners as (
    select distinct a.treaty, a.anchor, k.iso3
    from anchors as a join known as k
        on k.treaty = a.treaty and k.joins and k.date > a.anchor and k.date <= a.until and k.known_on <= $as_of::date
)
select
    o.treaty, o.anchor, o.age, o.signatory, count(*)::integer as outside,
    case when o.anchor < $as_of::date then count(j.iso3)::integer end as joined
from outside as o left join joiners as j using (treaty, anchor, iso3)
group by o.treaty, o.anchor, o.age, o.signatory order by o.treaty, o.anchor, o.signatory
