-- Invitations of a day are counted, and no address has signs that nobody sees. One that has, and is
-- there already, stays as it is: what stands in a row is not judged anew.
set local role tolok_owner;
create index invitation_sent on data.invitation (created_by, created_at);
create or replace function data.is_address(email text) returns boolean
language sql immutable parallel safe
return email = lower(email) and length(email) <= 254
       and email ~ '^[^[:space:][:cntrl:]@<>"(),;:\\]+@[a-z0-9.-]+[.][a-z]{2,}$'
       and email !~ '[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]';
reset role;
