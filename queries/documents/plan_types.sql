-- One row per type of activity in the campaign's work plan (table plan, in its order): how many items, by title, who is to
-- implement them (a name once for each item), and how many activities of that type were done from $since through $as_of.
select
    p.type, count(*)::integer as items, list(p.title order by p.place) as titles, flatten(list(p.implementers order by p.place)) as implementers,
    (
        select count(*) from activities as a
        where a.type = p.type and a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
    )::integer as done
from plan as p group by p.type order by min(p.place)
