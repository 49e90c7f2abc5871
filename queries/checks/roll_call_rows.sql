-- One row per roll call and disagreement with its row in unga_vote_totals.csv, at the first line that disagrees; per
-- vote of a state that is no UN member; and per vote dated outside its session.
with calls as (
    select
        votes.file, votes.line, votes.session, votes.stage, totals.line as totals_line,
        unnest(['year', 'resolution', 'vote_date']) as "column",
        unnest([votes.year, votes.resolution, votes.vote_date]) as value,
        unnest([totals.year, totals.resolution, totals.vote_date]) as recorded
    from raw_unga_votes votes left join raw_unga_vote_totals totals using (session, stage)
    -- news of one state's vote comes before the roll call it belongs to
    where (votes.file, votes.line) not in (select (file, line) from floors where floor = 'provisional')
),
years as (
    select file, line, session, year, vote_date from raw_unga_votes
    union all
    select file, line, session, year, vote_date from raw_unga_vote_totals
)
select
    any_value(file) as file, min(line) as line, 'session' as "column",
    format('the roll call of session {}, {}, has no row in unga_vote_totals.csv', session, stage) as message
from calls where totals_line is null
group by session, stage
union all
select
    any_value(file), min(line), "column",
    format(
        '{} differs from {} in unga_vote_totals.csv line {} (session {}, {})',
        value, recorded, totals_line, session, stage
    )
from calls where value <> recorded
group by session, stage, totals_line, "column", value, recorded
union all
select votes.file, votes.line, 'iso3', format('{} is not a UN member and has no vote', votes.iso3)
from raw_unga_votes votes join raw_states states using (iso3)
where states.un_member = 'false'
union all
-- the session that opens in September of year y is number y - 1945, and votes on the resolution before the year ends
select
    any_value(file), min(line), 'year',
    format('session {} votes in {}, not in {}', session, try(session::integer + 1945), year)
from years where try(year::integer) <> try(session::integer + 1945)
group by file, session, year
union all
select any_value(file), min(line), 'vote_date', format('{} is not in {}, the year of its row', vote_date, year)
from years where left(vote_date, 4) <> year
group by file, vote_date, year
