-- One row per act of a state of $iso3s before it joined, by the day $as_of, latest first.
select
    iso3, date, precision, kind, scope, stance, summary, promise_due, stage, obstacles, counts_for_category_4, reason,
    source_id
from acts_at($as_of::date) where list_contains($iso3s::varchar[], iso3) order by iso3, date desc, kind, summary
