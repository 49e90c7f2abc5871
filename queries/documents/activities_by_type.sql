-- One row per type of activity done from $since through $as_of: how many, how many states and targets they reached, who
-- implemented them (states and organizations that an entry of the log names as implementers), which states hosted
-- them, and what shows it; their titles.
with named as (
    select type, list(distinct name order by name) as implementers
    from (select type, unnest(implementers) as name from activities
        where status = 'done' and day >= $since::date and day <= $as_of::date)
    group by type
),
titled as (
    select type, list(title order by day, title) as titles from activities
    where status = 'done' and day >= $since::date and day <= $as_of::date group by type
),
cited as (
    select type, list(distinct source_id order by source_id) as source_ids
    from (select type, unnest(source_ids) as source_id from activities
        where status = 'done' and day >= $since::date and day <= $as_of::date)
    group by type
)
select
    a.type, count(distinct a.id)::integer as activities, count(distinct p.iso3)::integer as states,
    count(distinct p.iso3) filter (where st.status <> 'state_party')::integer as targets,
    any_value(t.titles) as titles,
    coalesce(any_value(n.implementers), []) as implementers,
    coalesce(list(distinct s.name_short order by s.name_short) filter (where p.role = 'host'), []) as hosts,
    coalesce(any_value(c.source_ids), []) as source_ids
from activities as a left join parts as p using (id) left join states as s using (iso3)
left join status_at($as_of::date) as st using (iso3) left join named as n using (type) left join cited as c using (type)
left join titled as t using (type)
where a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
group by a.type order by activities desc, a.type
