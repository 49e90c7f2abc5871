-- One row per treaty of the facts and state of $iso3s that signed or joined it by the day $as_of.
select
    t.iso3, t.treaty, t.signature.date as signature_date, t.signature.precision as signature_precision,
    t.joining.date as joined_date, t.joining.precision as joined_precision, t.joining.action as joined_by,
    t.withdrawal.effective_date as withdrawal_effective_date, t.is_party,
    coalesce(t.withdrawal.source_id, t.joining.source_id, t.signature.source_id) as source_id
from treaty_status_at($as_of::date) as t where list_contains($iso3s::varchar[], t.iso3) order by t.iso3, t.treaty
