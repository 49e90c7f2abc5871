-- One row per act of the state $iso3 before it joined, by the day $as_of, latest first.
select date, precision, kind, scope, stance, summary, promise_due, stage, obstacles, counts_for_category_4, reason, source_id
from acts_at($as_of::date) where iso3 = $iso3 order by date desc
