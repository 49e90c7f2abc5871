-- One row (of each number, how many are provisional beside it): how many states have each status, are targets, are targets in the filter; States Parties since $baseline
-- and by $end. The filter's verdict comes in the table `filtered` (queries/states/filtered.sql).
select
    count(*) filter (where status = 'state_party')::integer as state_party,
    count(*) filter (where status = 'signatory')::integer as signatory,
    count(*) filter (where status = 'not_party')::integer as not_party,
    count(*) filter (where status = 'withdrawn')::integer as withdrawn,
    count(*) filter (where is_target)::integer as targets,
    count(*) filter (where is_target and matches)::integer as targets_in_filter,
    count(*) filter (where status = 'state_party' and joined_date > $baseline::date)::integer as new_parties,
    count(*) filter (where joined_date > $baseline::date and joined_date <= $end::date)::integer as new_parties_by_end,
    count(*) filter (where status = 'state_party' and status_provisional)::integer as state_party_provisional,
    count(*) filter (where status = 'signatory' and status_provisional)::integer as signatory_provisional,
    count(*) filter (where status = 'withdrawn' and status_provisional)::integer as withdrawn_provisional,
    count(*) filter (
        where status = 'state_party' and joined_date > $baseline::date and status_provisional
    )::integer as new_parties_provisional
from filtered
