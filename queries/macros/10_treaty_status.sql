-- One row per treaty and state that signed or joined it by the day: first signature, latest joining, withdrawal.
-- Joining counts from the day of deposit, a withdrawal from its effective date (DESIGN section 3).
create macro treaty_status_at(as_of) as table
with acts as (
    select * from treaty_actions where date <= as_of
),
signed as (
    select treaty, iso3, arg_min(struct_pack(date, precision, source_id), date) as signature
    from acts where signs group by all
),
joined as (
    select treaty, iso3, arg_max(struct_pack(date, precision, action, effective_date, source_id), date) as joining
    from acts where joins group by all
),
left_treaty as (
    select treaty, iso3, arg_max(struct_pack(date, effective_date, source_id), date) as withdrawal
    from acts where action = 'withdrawal' group by all
)
select
    treaty, iso3, signature, joining, withdrawal,
    joining is not null
        and not coalesce(withdrawal.date >= joining.date and withdrawal.effective_date <= as_of, false) as is_party,
    coalesce(withdrawal.date >= joining.date and withdrawal.effective_date <= as_of, false) as has_withdrawn
from signed full join joined using (treaty, iso3) left join left_treaty using (treaty, iso3)
