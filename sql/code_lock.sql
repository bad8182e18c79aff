-- Live replacement waits for readers for a moment only and then tries again: while it waits they
-- queue behind it. Well below deadlock_timeout, so that no reader is ever chosen as the victim of a
-- deadlock.
set local lock_timeout = '300ms';
