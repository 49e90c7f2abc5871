-- One row: targets on the day; of them, how many took part in no activity from $since on; how many have approved joining
-- at home without deposit; how many voted no or abstained in their latest recorded vote; signatories and their longest
-- wait in years.
select
    count(*) filter (where is_target)::integer as targets,
    count(*) filter (where is_target and iso3 not in (
        select p.iso3 from parts as p join activities as a using (id)
        where a.status = 'done' and a.day >= $since::date and a.day <= $as_of::date
    ))::integer as without_contact,
    coalesce(list(name_short order by name_short) filter (where is_target and stage in ('parliament_approved', 'assented')), [])
        as approved,
    count(*) filter (where is_target and vote = 'abstain')::integer as abstaining,
    count(*) filter (where is_target and vote = 'no')::integer as opposed,
    count(*) filter (where status = 'signatory')::integer as signatories,
    max(date_diff('year', signature_date, $as_of::date)) filter (where status = 'signatory')::integer as longest_wait
from snapshot
