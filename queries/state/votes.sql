-- One row per session and body with the vote of the state $iso3 by the day $as_of; `decides` marks the entry
-- that counts for the session.
select v.session, v.year, v.stage, v.vote_date, v.resolution, v.vote, d.stage is not null as decides, v.source_id
from unga_votes as v
left join deciding_votes_at($as_of::date) as d on v.iso3 = d.iso3 and v.session = d.session and v.stage = d.stage
where v.iso3 = $iso3 and v.vote_date <= $as_of::date
order by v.vote_date desc
