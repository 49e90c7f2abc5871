-- One row per bilateral done from $since through $as_of and state it was held with.
select a.day, a.precision, a.title, a.place, a.type, s.name_short, p.role, p.position, a.outcome, a.source_ids
from activities as a join parts as p using (id) join states as s using (iso3)
where a.status = 'done' and a.type in ('bilateral_geneva', 'bilateral_capital', 'embassy_outreach')
    and p.role <> 'host' and a.day >= $since::date and a.day <= $as_of::date
order by a.day, s.name_short
