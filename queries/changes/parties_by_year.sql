-- One row per year since opening for signature, up to the day $as_of: States Parties at its end (the current year: on
-- the day itself), and who joined and whose withdrawal took effect during it.
with years as (
    select unnest(generate_series(2008, year($as_of::date)))::integer as year
),
acts as (
    select iso3, date as day, 1 as step from treaty_actions
    where treaty = 'CCM' and joins and date <= $as_of::date
    union all
    select iso3, effective_date, -1 from treaty_actions
    where treaty = 'CCM' and action = 'withdrawal' and effective_date <= $as_of::date
)
select
    y.year,
    coalesce(sum(a.step), 0)::integer as state_parties,
    count(*) filter (where year(a.day) = y.year and a.step = 1)::integer as joined,
    count(*) filter (where year(a.day) = y.year and a.step = -1)::integer as withdrew
from years as y left join acts as a on year(a.day) <= y.year
group by y.year order by y.year
