-- One row per act of a state before it joined, dated by the day: declarations, interim steps, reports, attendance.
create macro acts_at(as_of) as table
select * from commitments where date <= as_of
