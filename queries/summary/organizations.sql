-- One row per organization of the facts.
select code, name, kind from organizations order by code
