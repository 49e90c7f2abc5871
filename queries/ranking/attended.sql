-- One row per recorded regional workshop or meeting that began from $since through $until, treaty, and state that took part
-- and was outside that treaty on the day before: whether it had signed it, and whether it joined within $months months.
-- Treaties are $target and those of $others.
with events as (
    select event_id, title, place, start_date, precision, source_id from outreach_events
    where type in ('regional_workshop', 'regional_meeting') and start_date >= $since::date and start_date <= $until::date
),
there as (select distinct e.event_id, p.iso3 from events as e join outreach_event_states as p using (event_id)),
asked as (select unnest(list_prepend($target, $others::varchar[])) as treaty),
standing as (
    select t.event_id, t.iso3, a.treaty,
        coalesce(bool_or(k.signs and k.date < e.start_date), false) as signatory,
        max(k.date) filter (where k.joins and k.date < e.start_date) as joined,
        max(k.effective_date) filter (where k.action = 'withdrawal' and k.effective_date < e.start_date) as left_on,
        min(k.date) filter (where k.joins and k.date >= e.start_date
            and k.date <= e.start_date + to_months($months::integer)) as joins_on
    from there as t join events as e using (event_id) cross join asked as a
    left join treaty_actions as k on k.treaty = a.treaty and k.iso3 = t.iso3
    group by t.event_id, t.iso3, a.treaty, e.start_date
)
select e.event_id, e.title, e.place, e.start_date, e.precision, e.source_id, s.treaty, s.iso3, s.signatory, s.joins_on
from events as e join standing as s using (event_id)
where s.joined is null or coalesce(s.left_on > s.joined, false)
order by e.start_date, e.event_id, s.treaty, s.iso3
