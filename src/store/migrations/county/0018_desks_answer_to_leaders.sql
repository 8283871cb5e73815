-- The desk of a place answers to whoever leads the place, and no longer the other way round: whoever leads it answers
-- to whom the desk answered.
update post set superior = (select d.superior from post d where d.id = post.superior)
where unit is null and station is null and kind in (select name from post_kind where leader = 1)
  and superior in (select d.id from post d where d.desk = 1 and d.unit is null and d.station is null and d.place = post.place);
update post set superior = (
    select min(l.id) from post l join post_kind k on k.name = l.kind and k.leader = 1
    where l.place = post.place and l.unit is null and l.station is null and l.id <> post.id
      and l.from_day <= post.until_day and post.from_day < l.until_day)
where desk = 1 and unit is null and station is null and kind not in (select name from post_kind where leader = 1)
  and exists (
    select 1 from post l join post_kind k on k.name = l.kind and k.leader = 1
    where l.place = post.place and l.unit is null and l.station is null and l.id <> post.id
      and l.from_day <= post.until_day and post.from_day < l.until_day);
update territory_version set version = version + 1 where name = 'staffing';
