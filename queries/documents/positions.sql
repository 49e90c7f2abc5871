-- One row per position that a state stated in an activity done from $since through $as_of.
select a.day, s.name_short, p.position, p.obstacles, p.stage
from activities as a join parts as p using (id) join states as s using (iso3)
where a.status = 'done' and (p.position <> '' or p.stage is not null or len(p.obstacles) > 0)
    and a.day >= $since::date and a.day <= $as_of::date
order by a.day, s.name_short
