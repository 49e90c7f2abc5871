-- One row per activity done from $since through $as_of (table activities), in order of time, with its states by name.
select
    a.*,
    coalesce(list(s.name_short order by s.name_short) filter (where s.iso3 is not null), []) as states
from activities as a left join parts as p using (id) left join states as s using (iso3)
where a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
group by all order by a.day, a.title
