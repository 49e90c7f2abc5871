-- One row per meeting of the Convention or recorded event ($types) that has not ended on $as_of, the next one first, if a
-- source of that day or an earlier one tells of it: its days, place, and the states named as taking part.
with told as (
    select true as formal, name as title, start_date, end_date, precision, place, source_id, []::varchar[] as iso3s
    from meetings
    union all
    select
        false, e.title, e.start_date, e.end_date, e.precision, e.place, e.source_id,
        coalesce(list(s.iso3 order by s.iso3) filter (where s.iso3 is not null), [])
    from outreach_events as e left join outreach_event_states as s using (event_id)
    where list_contains($types::varchar[], e.type)
    group by all
),
dated as (
    select
        told.*,
        case precision
            when 'month' then last_day(end_date)
            when 'year' then make_date(year(end_date)::integer, 12, 31)
            else end_date
        end as last_day
    from told
)
select d.formal, d.title, d.start_date, d.last_day, d.precision, d.place, d.source_id, d.iso3s
from dated as d join sources as s using (source_id)
where d.last_day >= $as_of::date and coalesce(s.date_from, d.start_date) <= $as_of::date
order by d.start_date, d.title
