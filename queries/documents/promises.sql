-- One row per promise to join made by $as_of, from the facts or the log (table parts): when, by when, and what became
-- of it: kept (the state joined), overdue, or open. `made_now`: made after $since; `kept_now`: kept after $since.
-- `pressing`: overdue, the last that the state made, fallen due within the last $lapse years, and the state not party.
with promises as (
    select iso3, date as made, precision, promise_due as due, summary, source_id
    from acts_at($as_of::date) where promise_due is not null
    union all
    select p.iso3, a.day, 'day', p.promise_due, p.promise, null
    from parts as p join activities as a using (id)
    where a.status = 'done' and (p.promise <> '' or p.promise_due is not null)
)
select
    p.*, s.name_short,
    case
        when t.joining.date >= p.made then 'kept'
        when p.due < $as_of::date then 'overdue'
        else 'open'
    end as fate,
    t.joining.date as joined_date,
    p.made > $since::date as made_now,
    coalesce(t.joining.date >= p.made and t.joining.date > $since::date, false) as kept_now,
    fate = 'overdue' and not coalesce(t.is_party, false) and p.due >= $as_of::date - to_years($lapse::integer)
        and row_number() over (partition by p.iso3 order by p.made desc, p.due desc nulls last, p.source_id) = 1 as pressing
from promises as p
join states as s using (iso3)
left join (select * from treaty_status_at($as_of::date) where treaty = 'CCM') as t using (iso3)
order by p.made desc, s.name_short
