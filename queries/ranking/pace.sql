-- One row: instruments deposited and withdrawals effective from the day after $baseline through $through,
-- and instruments deposited in the five years up to $as_of.
select
    count(*) filter (where joins and date > $baseline::date and date <= $through::date)::integer as joined,
    count(*) filter (where action = 'withdrawal' and date <= $through::date and effective_date > $baseline::date
        and effective_date <= $through::date)::integer as withdrawn,
    count(*) filter (where joins and date > $as_of::date - interval 5 year and date <= $as_of::date)::integer as joined_5y
from treaty_actions where treaty = 'CCM'
