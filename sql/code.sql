-- Begins the code: etc/db runs this, then calc, pub, page and act in file order, then code_end.sql,
-- in one transaction.
set local role tolok_owner;
set local search_path = '';
