-- One row per state and session with the entry that counts of those recorded by the day (facts/unga_votes.sql).
create macro deciding_votes_at(as_of) as table
select * exclude (precedence) from unga_votes where vote_date <= as_of
qualify row_number() over (partition by session, iso3 order by precedence) = 1
