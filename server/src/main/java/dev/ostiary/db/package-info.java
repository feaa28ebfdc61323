/**
 * Ground floor: PostgreSQL. {@link dev.ostiary.db.Database} opens transactions, a {@link dev.ostiary.db.Tx} belongs to one
 * tenant, {@link dev.ostiary.db.GroupedInsert} turns a burst of small durable writes into few commits,
 * {@link dev.ostiary.db.EmbeddedPostgres} starts a real PostgreSQL where none is given.
 *
 * <p>Two fences keep tenants apart: every statement names {@code :tenant}, and row-level security compares each row
 * with the setting {@code ostiary.tenant} of the connection.
 */
@NullMarked
package dev.ostiary.db;

import org.jspecify.annotations.NullMarked;
