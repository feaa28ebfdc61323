-- To which hosts the initial access token had narrowed a client's addresses: that holds for its later changes too, and
-- when the token is gone. Null: to those that the tenant allows.
ALTER TABLE registered_clients ADD COLUMN redirect_hosts text[];

SELECT set_config('ostiary.tenant', '*', true); -- the fence, for this transaction
UPDATE registered_clients c SET redirect_hosts = t.redirect_hosts
FROM initial_access_tokens t WHERE t.tenant_id = c.tenant_id AND t.id = c.initial_access_token_id;
