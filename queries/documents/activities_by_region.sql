-- One row per region with states that took part in an activity done from $since through $as_of: activities, states,
-- targets. An activity with states of two regions counts in both.
select
    s.region, count(distinct a.id)::integer as activities, count(distinct p.iso3)::integer as states,
    count(distinct p.iso3) filter (where st.status <> 'state_party')::integer as targets
from activities as a join parts as p using (id) join states as s using (iso3) join status_at($as_of::date) as st using (iso3)
where a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
group by s.region order by activities desc, s.region
