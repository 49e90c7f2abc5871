-- One row per regional workshop or meeting done (table activities, facts and log, as far as the reading goes): the states recorded there,
-- those of them not party on its last day, and those of these that joined within $months months. `window_open`: that
-- time has not passed yet on the day, so more may join. A plain count, no causal claim.
with joins as (
    select iso3, date from treaty_actions where treaty = 'CCM' and joins and date <= $as_of::date
),
there as (
    select
        a.id, s.name_short, min(j.date) as joined,
        coalesce(bool_or(j.date <= a.day), false) as was_party, a.day + to_months($months::integer) as until
    from activities as a join parts as p using (id) join states as s using (iso3) left join joins as j using (iso3)
    group by a.id, a.day, s.name_short
)
select
    a.id, a.day, a.precision, a.title, a.place, a.type, a.origin, a.source_ids,
    count(t.name_short)::integer as attended,
    count(*) filter (where not t.was_party)::integer as targets,
    count(*) filter (where not t.was_party and t.joined <= t.until)::integer as joined,
    coalesce(list(t.name_short order by t.joined, t.name_short) filter (where not t.was_party and t.joined <= t.until), [])
        as joined_names,
    (a.day + to_months($months::integer)) > $as_of::date as window_open
from activities as a left join there as t using (id)
where a.status = 'done' and a.type in ('regional_workshop', 'regional_meeting')
group by a.id, a.day, a.precision, a.title, a.place, a.type, a.origin, a.source_ids
order by a.day desc, a.title
