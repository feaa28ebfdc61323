package dev.ostiary.users;

import java.util.List;

/** Wire shapes of the dashboard. */
final class DashboardJson {
    private DashboardJson() {}

    record Total(long totalUserCount) {}

    /** @param delta by how many it is more than in the span of the same length before */
    record Count(long count, long delta) {
        static Count of(long now, long before) {
            return new Count(now, now - before);
        }
    }

    record New(Count today, Count last7Days) {}

    /** @param date {@code yyyy-MM-dd}, in UTC */
    record Point(String date, long count) {}

    /** @param dauCurve oldest first, each day of the month that ends with the day asked for */
    record Active(List<Point> dauCurve, Count dau, Count wau, Count mau) {}
}
