-- One row per state that exists on the day: its status towards the Convention on the day, since when, on which sources,
-- and whether the act that makes it is news that nobody confirmed yet.
create macro status_at(as_of) as table
with ccm as (select * from treaty_status_at(as_of) where treaty = 'CCM'),
news as (select source_id, true as provisional from sources where provisional)
select
    s.iso3,
    case
        when ccm.is_party then 'state_party'
        when ccm.has_withdrawn then 'withdrawn'
        when ccm.signature is not null then 'signatory'
        else 'not_party'
    end as status,
    case
        when ccm.is_party then ccm.joining.date
        when ccm.has_withdrawn then ccm.withdrawal.effective_date
        when ccm.signature is not null then ccm.signature.date
    end as status_since,
    ccm.signature.date as signature_date,
    ccm.signature.source_id as signature_source_id,
    ccm.joining.date as joined_date,
    ccm.joining.action as joined_by,
    ccm.joining.effective_date as entry_into_force_date,
    ccm.joining.source_id as joined_source_id,
    ccm.withdrawal.date as withdrawal_notified_date,
    ccm.withdrawal.effective_date as withdrawal_effective_date,
    ccm.withdrawal.source_id as withdrawal_source_id,
    list_filter([ccm.signature.source_id, ccm.joining.source_id, ccm.withdrawal.source_id], lambda x: x is not null)
        as status_source_ids,
    coalesce(news.provisional, false) as status_provisional
from states as s left join ccm using (iso3)
left join news on news.source_id = case
    when ccm.is_party then ccm.joining.source_id
    when ccm.has_withdrawn then ccm.withdrawal.source_id
    else ccm.signature.source_id
end
where s.exists_from is null or s.exists_from <= as_of
