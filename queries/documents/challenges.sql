-- One row: targets on the day; of them, how many took part in no activity from $since on; how many have approved joining
-- at home without deposit; how many voted no or abstained in their latest recorded vote; signatories by name, their
-- longest wait in full years; with the sources of each.
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
    max(date_sub('year', signature_date, $as_of::date)) filter (where status = 'signatory')::integer as longest_wait,
    coalesce(list(name_short order by name_short) filter (where status = 'signatory'), []) as signatory_names,
    coalesce(list(signature_source_id order by name_short) filter (where status = 'signatory'), [])
        as signatory_source_ids,
    coalesce(list(stage_source_id order by name_short)
        filter (where is_target and stage in ('parliament_approved', 'assented')), []) as approved_source_ids,
    coalesce(list(distinct vote_source_id) filter (where is_target and vote in ('abstain', 'no')), []) as vote_source_ids
from snapshot
