-- A pushed request is used up by its answer, not by the first look at it (RFC 9126 section 4: who reloads the page asks
-- twice). usable_until is when the browser must have come; the row lives on until the visitor may have answered.
ALTER TABLE pushed_requests ADD COLUMN usable_until timestamptz NOT NULL DEFAULT now() + interval '60 seconds';
