-- One row per state of $iso3s, session and body with its entry in the roll call by the day $as_of, latest first;
-- `decides` marks the entry that counts for the session (macros/30_deciding_votes.sql).
select v.iso3, v.session, v.year, v.stage, v.vote_date, v.resolution, v.vote, d.stage is not null as decides, v.source_id
from unga_votes as v
left join deciding_votes_at($as_of::date) as d on v.iso3 = d.iso3 and v.session = d.session and v.stage = d.stage
where list_contains($iso3s::varchar[], v.iso3) and v.vote_date <= $as_of::date
order by v.iso3, v.vote_date desc
