-- One row per act towards a treaty that cannot follow the state's earlier ones: joining twice without withdrawing in
-- between, withdrawing without being a party, signing twice or after joining, ratifying without having signed.
with acts as (
    select
        *,
        case
            when action in ('signature', 'succession_to_signature') then 'signature'
            when action = 'withdrawal' then action
            else 'joining'
        end as step,
        try_cast(date as date) as first_day,
        case "precision"
            when 'year' then try(make_date(year(first_day), 12, 31))
            when 'month' then try(last_day(first_day))
            else first_day
        end as last_day
    from raw_treaty_actions
    where first_day is not null and action in (
            'signature', 'succession_to_signature', 'ratification', 'accession', 'acceptance', 'approval', 'succession',
            'consent', 'withdrawal'
        )
    -- a repeated row is a duplicate, told by duplicates.sql
    qualify row_number() over (partition by treaty, iso3, action, date order by line) = 1
),
steps as (
    select
        *,
        lag(step) over earlier as earlier_step,
        lag(date) over earlier as earlier_date,
        lag(line) over earlier as earlier_line
    from acts
    window earlier as (partition by treaty, iso3, step = 'signature' order by first_day, line)
)
select
    file, line, 'action' as "column",
    format(
        '{} joined {} already on {} (line {}) and has not withdrawn since',
        iso3, treaty, earlier_date, earlier_line
    ) as message
from steps
where step = 'joining' and earlier_step = 'joining'
union all
select file, line, 'action', format('{} withdraws from {} without being a party to it', iso3, treaty)
from steps
where step = 'withdrawal' and earlier_step is distinct from 'joining'
union all
select file, line, 'action', format('{} signed {} already on {} (line {})', iso3, treaty, earlier_date, earlier_line)
from steps
where step = 'signature' and earlier_step = 'signature'
union all
select
    late.file, late.line, 'action',
    format(
        '{} signs {} on {}, after joining it on {} (line {})',
        late.iso3, late.treaty, late.date, joined.date, joined.line
    )
from acts late join acts joined using (treaty, iso3)
where late.step = 'signature' and joined.step = 'joining' and late.first_day > joined.last_day
union all
-- only who signed ratifies, accepts or approves, others accede: for treaties whose final clauses know no exception
select
    joined.file, joined.line, 'action',
    format(
        '{} has not signed {} and cannot join it by {}; possible is accession',
        joined.iso3, joined.treaty, joined.action
    )
from acts joined
where joined.action in ('ratification', 'acceptance', 'approval') and joined.treaty in ('CCM', 'APMBC', 'ATT', 'TPNW')
    and joined.iso3 in (select iso3 from raw_states)
    and not exists (
        select 1 from raw_treaty_actions signed
        where signed.treaty = joined.treaty and signed.iso3 = joined.iso3
            and signed.action in ('signature', 'succession_to_signature')
    )
