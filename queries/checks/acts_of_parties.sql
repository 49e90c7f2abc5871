-- One row per recorded act of a state that was party to the Convention that day: the file holds acts before joining.
with party as (
    select
        joined.iso3, joined.date as joined, joined.line as joined_line,
        (
            select min(gone.effective_date) from raw_treaty_actions gone
            where gone.treaty = 'CCM' and gone.iso3 = joined.iso3 and gone.action = 'withdrawal'
                and try_cast(gone.date as date) >= try_cast(joined.date as date)
        ) as gone
    from raw_treaty_actions joined
    where joined.treaty = 'CCM'
        and joined.action in ('ratification', 'accession', 'acceptance', 'approval', 'succession')
)
select
    act.file, act.line, 'date' as "column",
    format(
        '{} acted on {}, but had joined the Convention on {} (treaty_actions.csv line {})',
        act.iso3, act.date, party.joined, party.joined_line
    ) as message
from raw_commitments act join party using (iso3)
where try_cast(act.date as date) >= try_cast(party.joined as date)
    and coalesce(try_cast(act.date as date) < try_cast(party.gone as date), true)
