-- One row per act that changed a state's status after $since and through $as_of, or announced a change, in order of time:
-- signature, joining, notice of withdrawal, withdrawal taking effect.
select s.iso3, s.name_short, a.day, a.what, a.action, a.source_id, c.provisional
from (
    select iso3, date as day, case when joins then 'joined' else 'signed' end as what, action, source_id
    from treaty_actions where treaty = 'CCM' and action <> 'withdrawal'
    union all
    select iso3, date, 'gave notice', action, source_id
    from treaty_actions where treaty = 'CCM' and action = 'withdrawal'
    union all
    select iso3, effective_date, 'left', action, source_id
    from treaty_actions where treaty = 'CCM' and action = 'withdrawal'
) as a join states as s using (iso3) join sources as c on c.source_id = a.source_id
where a.day > $since::date and a.day <= $as_of::date
order by a.day, s.name_short
