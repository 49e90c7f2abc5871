-- One row per vote of a body on the resolution after $since and through $as_of, with its published totals. A First
-- Committee vote whose day is not recorded counts from the plenary vote of its session.
with dated as (
    select t.*, coalesce(t.vote_date, max(t.vote_date) over (partition by t.session)) as known_from from unga_vote_totals as t
)
select session, year, stage, resolution, vote_date, yes, no, abstain, sponsors_lead, source_id
from dated where known_from > $since::date and known_from <= $as_of::date order by session, stage
