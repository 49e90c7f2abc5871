-- One row per act of a state towards a treaty, dated by its deposit or signature.
create table treaty_actions as
select
    treaty, iso3, action,
    action not in ('signature', 'succession_to_signature', 'withdrawal') as joins,
    action in ('signature', 'succession_to_signature') as signs,
    date::date as date, precision, effective_date::date as effective_date, source_id
from raw_treaty_actions
