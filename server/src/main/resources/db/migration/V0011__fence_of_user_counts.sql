-- The one table of tenants that had no fence and said nothing of it.
ALTER TABLE user_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE user_counts FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_fence ON user_counts USING (tenant_id = current_setting('ostiary.tenant', true)
    OR current_setting('ostiary.tenant', true) = '*');
