-- One row per total that its roll call does not add up to; only votes that are recorded state by state, and
-- none of which rests on news: one vote that was heard of makes no roll call.
with news as (
    select session, stage from raw_unga_votes join floors using (file, line) where floor = 'provisional'
),
counted as (
    select session, stage, unnest(['yes', 'no', 'abstain']) as vote
    from raw_unga_votes where (session, stage) not in (select (session, stage) from news) group by session, stage
),
sums as (
    select counted.session, counted.stage, counted.vote, count(votes.iso3) as counted
    from counted left join raw_unga_votes votes
        on votes.session = counted.session and votes.stage = counted.stage and votes.vote = counted.vote
    group by all
),
totals as (
    select
        file, line, session, stage,
        unnest(['yes', 'no', 'abstain']) as vote,
        try_cast(unnest([yes, no, abstain]) as integer) as recorded
    from raw_unga_vote_totals
)
select
    file, line, vote as "column",
    format('the total is {}, but the roll call of session {}, {}, has {}', recorded, session, stage, counted) as message
from totals join sums using (session, stage, vote)
where recorded <> counted
