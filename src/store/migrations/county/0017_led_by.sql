-- Who leads the departments while the leading piece, given away, waits for somebody to accept it.
alter table part add column led_by $id;
