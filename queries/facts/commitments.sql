-- One row per dated act of a state that was not party when it acted (README_commitments.md).
create table commitments as
select
    iso3, kind, date::date as date, precision, summary, source_id, scope, stance,
    promise_due::date as promise_due, stage,
    coalesce(string_split(replace(obstacle, ' ', ''), ';'), []) as obstacles,
    counts_for_category_4::boolean as counts_for_category_4, reason
from raw_commitments
