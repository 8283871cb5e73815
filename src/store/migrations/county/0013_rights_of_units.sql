-- A department reads what it handles: rights over its place, which showed it every request made there, are taken away.
update post_kind set rights = trim(replace(replace(replace(' ' || rights || ' ', ' read_place ', ' '), ' lead ', ' '),
    ' dispatch ', ' '))
where exists (select 1 from unit_kind u where u.team = 0 and ' ' || post_kind.seats || ' ' like '% unit:' || u.name || ' %');
