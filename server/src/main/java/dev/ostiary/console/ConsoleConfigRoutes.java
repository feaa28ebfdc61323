package dev.ostiary.console;

import dev.ostiary.db.Database;
import dev.ostiary.db.Tx;
import dev.ostiary.http.Request;
import dev.ostiary.http.Response;
import dev.ostiary.http.Routes;
import dev.ostiary.tenants.TenantSettings;
import java.util.Optional;

/** {@code /configs/admin-console} of the Management API: what the console remembers of a tenant. */
public final class ConsoleConfigRoutes {
    private static final String TAG = "Configs";
    private static final String SETTING = "adminConsole";

    private final Database database;

    public ConsoleConfigRoutes(Database database) {
        this.database = database;
    }

    record Migration(boolean isPaidTenant, String tag, Optional<Double> readAt) {}

    record Charge(
            Optional<Boolean> token,
            Optional<Boolean> apiResource,
            Optional<Boolean> machineToMachineApp,
            Optional<Boolean> tenantMember) {}

    record Setting(
            boolean signInExperienceCustomized,
            boolean organizationCreated,
            Optional<Migration> developmentTenantMigrationNotification,
            Optional<Charge> checkedChargeNotification) {
        static final Setting NONE = new Setting(false, false, Optional.empty(), Optional.empty());

        Setting with(Patch patch) {
            return new Setting(
                    patch.signInExperienceCustomized().orElse(signInExperienceCustomized),
                    patch.organizationCreated().orElse(organizationCreated),
                    patch.developmentTenantMigrationNotification().or(() -> developmentTenantMigrationNotification),
                    patch.checkedChargeNotification().or(() -> checkedChargeNotification));
        }
    }

    record Patch(
            Optional<Boolean> signInExperienceCustomized,
            Optional<Boolean> organizationCreated,
            Optional<Migration> developmentTenantMigrationNotification,
            Optional<Charge> checkedChargeNotification) {}

    public void mount(Routes api) {
        api.get("/configs/admin-console", this::get)
                .documented("GetAdminConsoleConfig", TAG)
                .answers(200, Setting.class)
                .answers(401, 403, 404);
        api.patch("/configs/admin-console", this::update)
                .documented("UpdateAdminConsoleConfig", TAG)
                .takes(Patch.class)
                .answers(200, Setting.class)
                .answers(400, 401, 403, 404);
    }

    private Response get(Request request) {
        return Response.json(database.read(request.tenant(), ConsoleConfigRoutes::read));
    }

    private Response update(Request request) {
        Patch patch = request.body(Patch.class);
        return Response.json(database.write(request.tenant(), tx -> {
            // Two changes at once: each is laid over what the other has left.
            TenantSettings.putIfAbsent(tx, SETTING, Setting.NONE);
            Setting changed = TenantSettings.lock(tx, SETTING, Setting.class)
                    .orElse(Setting.NONE)
                    .with(patch);
            TenantSettings.put(tx, SETTING, changed);
            return changed;
        }));
    }

    private static Setting read(Tx tx) {
        return TenantSettings.find(tx, SETTING, Setting.class).orElse(Setting.NONE);
    }
}
