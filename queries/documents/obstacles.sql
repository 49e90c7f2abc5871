-- One row per obstacle that states outside the Convention on the day have named by then: how many named it in the facts,
-- how many in the log from $since on, how many in either; names with the year in which each
-- last named it; the first and the last of these years; the sources of the facts.
with named as (
    select iso3, unnest(obstacles) as obstacle, false as logged, date as day, source_id from acts_at($as_of::date)
    union
    select p.iso3, unnest(p.obstacles), true, a.day, null from parts as p join activities as a using (id)
    where a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
)
select
    n.obstacle, count(distinct n.iso3) filter (where not logged)::integer as in_facts,
    count(distinct n.iso3) filter (where logged)::integer as in_log, count(distinct n.iso3)::integer as states,
    (
        select list(name || ' (' || year || ')' order by name)
        from (
            select t.name_short as name, max(year(m.day)) as year
            from named as m join states as t using (iso3) join status_at($as_of::date) as u using (iso3)
            where m.obstacle = n.obstacle and u.status <> 'state_party' group by t.name_short
        )
    ) as names,
    year(min(n.day))::integer as first_year, year(max(n.day))::integer as last_year,
    coalesce(list(distinct n.source_id order by n.source_id) filter (where n.source_id is not null), []) as source_ids
from named as n join states as s using (iso3) join status_at($as_of::date) as st using (iso3)
where st.status <> 'state_party'
group by n.obstacle order by states desc, n.obstacle
