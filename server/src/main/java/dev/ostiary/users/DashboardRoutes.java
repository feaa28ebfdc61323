package dev.ostiary.users;

import dev.ostiary.db.Database;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.json.Shape;
import dev.ostiary.users.DashboardJson.Active;
import dev.ostiary.users.DashboardJson.Count;
import dev.ostiary.users.DashboardJson.New;
import dev.ostiary.users.DashboardJson.Point;
import dev.ostiary.users.DashboardJson.Total;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** {@code /api/dashboard/users}: figures of a tenant's users. Days are those of UTC. */
public final class DashboardRoutes {
    private static final String TAG = "Dashboard";
    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d{2}){2}");
    private static final int WEEK = 7;
    private static final int MONTH = 30;

    private final Database database;
    private final Users users;
    private final Clock clock;

    public DashboardRoutes(Database database, Users users, Clock clock) {
        this.database = database;
        this.users = users;
        this.clock = clock;
    }

    public void mount(Routes api) {
        api.get("/dashboard/users/total", this::total)
                .documented("GetTotalUserCount", TAG)
                .answers(200, Total.class)
                .answers(401, 403);
        api.get("/dashboard/users/new", this::created)
                .documented("GetNewUserCounts", TAG)
                .answers(200, New.class)
                .answers(401, 403);
        api.get("/dashboard/users/active", this::active)
                .documented("GetActiveUserCounts", TAG)
                .query("date")
                .answers(200, Active.class)
                .answers(400, 401, 403);
    }

    private Response total(Request request) {
        return Response.json(new Total(database.read(request.tenant(), users::count)));
    }

    private Response created(Request request) {
        LocalDate today = today();
        Map<LocalDate, Long> days =
                database.read(request.tenant(), tx -> UserCountStore.created(tx, today.minusDays(2 * WEEK - 1), today));
        return Response.json(new New(
                Count.of(within(days, today, 1), within(days, today.minusDays(1), 1)),
                Count.of(within(days, today, WEEK), within(days, today.minusDays(WEEK), WEEK))));
    }

    private static long within(Map<LocalDate, Long> days, LocalDate last, int length) {
        return IntStream.range(0, length)
                .mapToLong(age -> days.getOrDefault(last.minusDays(age), 0L))
                .sum();
    }

    private Response active(Request request) {
        LocalDate last =
                request.query().first("date").map(DashboardRoutes::date).orElseGet(this::today);
        ActiveUsers active =
                database.read(request.tenant(), tx -> UserCountStore.active(tx, last.minusDays(2 * MONTH - 1), last));
        List<Point> curve = IntStream.range(0, MONTH)
                .mapToObj(i -> last.minusDays(MONTH - 1 - i))
                .map(day -> new Point(day.toString(), active.on(day)))
                .toList();
        return Response.json(
                new Active(curve, count(active, last, 1), count(active, last, WEEK), count(active, last, MONTH)));
    }

    private static Count count(ActiveUsers active, LocalDate last, int length) {
        return Count.of(active.within(last, length), active.within(last.minusDays(length), length));
    }

    private static LocalDate date(String wire) {
        if (DATE.matcher(wire).matches()) {
            try {
                return LocalDate.parse(wire);
            } catch (DateTimeParseException e) {
                // told below: there is no such day
            }
        }
        throw Shape.invalid("Must be a day such as 2026-01-31", "date");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
