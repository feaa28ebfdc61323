-- What is spent is marked so in its row. Where the page has room for the new version of the row, none of its indexes is
-- written again; what the old one took is free for the next. For pages from now on.
ALTER TABLE refresh_tokens SET (fillfactor = 85);
ALTER TABLE authorization_codes SET (fillfactor = 80);
