package dev.ostiary.scripts;

import com.dylibso.chicory.runtime.alloc.MemAllocStrategy;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory all scripts together may have beyond what each starts with: they share the heap with everything else,
 * and a heap that is full ends the server.
 */
final class MemoryBudget {
    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    MemoryBudget(long bytes) {
        this.bytes = bytes;
    }

    /** A sixth of what the Java machine may have at most. */
    static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / 6);
    }

    /** One sandbox's part of it. */
    Share share(int most) {
        return new Share(most);
    }

    long taken() {
        return taken.get();
    }

    /** Decides how the memory of one sandbox grows; gives everything back when closed. */
    final class Share implements MemAllocStrategy, AutoCloseable {
        private final int most;
        private long held;

        private Share(int most) {
            this.most = most;
        }

        @Override
        public int initial(int min) {
            return min;
        }

        /** By half, so that growing page by page does not copy everything each time. */
        @Override
        public int next(int current, int target) {
            int next = Math.max(target, (int) Math.min(most, current + current / 2L));
            long more = next - current;
            if (taken.addAndGet(more) > bytes) {
                taken.addAndGet(-more);
                throw new ScriptLimitException("Scripts use all the memory that there is for them");
            }
            held += more;
            return next;
        }

        @Override
        public void close() {
            taken.addAndGet(-held);
            held = 0;
        }
    }
}
