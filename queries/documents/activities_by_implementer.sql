-- One row per implementer, or host of a public event, of an activity done from $since through $as_of. One with two
-- implementers counts for both.
with named as (
    select id, unnest(implementers) as name from activities
    union
    select p.id, s.name_short from parts as p join activities as a using (id) join states as s using (iso3)
    where a.origin = 'facts' and p.role = 'host'
)
select n.name, count(distinct a.id)::integer as activities
from activities as a join named as n using (id)
where a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
group by n.name order by activities desc, n.name
