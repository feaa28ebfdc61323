/**
 * Ground floor: work that nobody waits for. A {@link dev.ostiary.jobs.Job} is due every so often for all nodes together;
 * whichever node claims it first in the database runs it. Table {@code job_runs}.
 */
@NullMarked
package dev.ostiary.jobs;

import org.jspecify.annotations.NullMarked;
