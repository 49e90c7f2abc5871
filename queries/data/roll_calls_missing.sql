-- One row per session by the day $as_of whose First Committee roll call is not on record, the latest first: the resolution
-- that the plenary adopted, and the day of the committee's vote where its totals are known.
select
    p.session, p.resolution, c.vote_date::date as vote_date
from unga_vote_totals as p
left join unga_vote_totals as c on c.session = p.session and c.stage = 'first_committee'
where p.stage = 'plenary' and p.vote_date <= $as_of::date
    and p.session not in (select session from unga_votes where stage = 'first_committee')
order by p.session desc
