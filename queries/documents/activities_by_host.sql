-- One row per state that hosted an activity done from $since through $as_of. One with two hosts counts for both.
select s.name_short as name, count(distinct a.id)::integer as activities
from activities as a join parts as p using (id) join states as s using (iso3)
where a.status = 'done' and p.role = 'host' and a.day >= $since::date and a.day <= $as_of::date
group by s.name_short order by activities desc, name
