-- One row per regional workshop or meeting done from $since through $as_of with the states that took part: how many, and
-- how many of them were not party on its last day.
select
    a.day, a.precision, a.title, a.place, a.source_ids, count(p.iso3)::integer as states,
    count(p.iso3) filter (where not coalesce(j.date <= a.day, false))::integer as targets,
    coalesce(list(s.name_short order by s.name_short) filter (where not coalesce(j.date <= a.day, false)
        and s.iso3 is not null), []) as target_names
from activities as a
left join parts as p using (id)
left join states as s using (iso3)
left join (select iso3, joining.date as date from treaty_status_at($as_of::date) where treaty = 'CCM') as j using (iso3)
where a.status = 'done' and a.type in ('regional_workshop', 'regional_meeting')
    and a.day >= $since::date and a.day <= $as_of::date
group by a.id, a.day, a.precision, a.title, a.place, a.source_ids order by a.day, a.title
