-- Whose wrong PINs are counted together (a keyed hash, see Pins/Guesses), and the PIN whose lock-out has been told. Both may be missing: the version before
-- this one writes neither, and its rows live for minutes.
alter table pin_requests add column failures_of bytea, add column locked_delivery_id uuid;
