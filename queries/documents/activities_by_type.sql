-- One row per type of activity done from $since through $as_of: how many, and how many states and targets they reached.
select
    a.type, count(distinct a.id)::integer as activities, count(distinct p.iso3)::integer as states,
    count(distinct p.iso3) filter (where st.status <> 'state_party')::integer as targets
from activities as a left join parts as p using (id) left join status_at($as_of::date) as st using (iso3)
where a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
group by a.type order by activities desc, a.type
