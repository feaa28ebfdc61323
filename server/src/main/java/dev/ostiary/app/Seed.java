package dev.ostiary.app;

import dev.ostiary.app.Config.BootstrapCredentials;
import dev.ostiary.crypto.PasswordDigest;
import dev.ostiary.crypto.Secret;
import dev.ostiary.db.StartFailure;
import dev.ostiary.db.Tx;
import dev.ostiary.experience.SignInMode;
import dev.ostiary.roles.ManagementRoles;
import dev.ostiary.tenants.Tenants;
import dev.ostiary.users.NewUser;
import dev.ostiary.users.User;
import dev.ostiary.users.UserError;
import java.util.List;

/** What must be there before the first request. Everything here may run any number of times and on two nodes at once. */
final class Seed {
    private final Rooms rooms;

    Seed(Rooms rooms) {
        this.rooms = rooms;
    }

    void plant(BootstrapCredentials bootstrap) throws StartFailure {
        rooms.tenants.seed(rooms.database);
        Vault.check(rooms.sealer, rooms.database);
        rooms.tenants.ids().forEach(rooms.keys::seed);
        rooms.tenants.ids().forEach(rooms.cookieKeys::seed);
        rooms.database.run(Tenants.DEFAULT, ManagementRoles::seed);
        rooms.database.run(Tenants.ADMIN, tx -> {
            ManagementRoles.seedAdminTenant(tx);
            rooms.signInExperiences.seed(tx, SignInMode.REGISTER);
        });
        administrator(bootstrap);
        if (bootstrap.clientId().isPresent() && bootstrap.clientSecret().isPresent()) {
            machine(bootstrap.clientId().get(), bootstrap.clientSecret().get());
        }
    }

    /** Makes a registered user of the admin tenant its administrator, if nobody is yet (CO1). */
    void afterRegistration(Tx tx, User user) {
        if (tx.tenant().equals(Tenants.ADMIN) && rooms.signInExperiences.claimFirstRegistration(tx)) {
            rooms.roles.assignToUser(tx, user.id(), ManagementRoles.ADMINISTRATOR);
        }
    }

    /** An application for automation: it may call the Management API of every tenant, with a token of either. */
    private void machine(String id, Secret secret) {
        rooms.database.run(Tenants.DEFAULT, tx -> {
            rooms.applications.provideMachine(tx, id, "Bootstrap", secret);
            rooms.roles.assignToApplication(tx, id, List.of(ManagementRoles.ACCESS_ID));
        });
        rooms.database.run(Tenants.ADMIN, tx -> {
            rooms.applications.provideMachine(tx, id, "Bootstrap", secret);
            rooms.roles.assignToApplication(
                    tx, id, List.of(ManagementRoles.ACCESS_ID, ManagementRoles.DEFAULT_PROXY_ID));
        });
    }

    private void administrator(BootstrapCredentials bootstrap) {
        if (bootstrap.adminUsername().isEmpty() || bootstrap.adminPassword().isEmpty()) {
            return;
        }
        String username = bootstrap.adminUsername().get();
        boolean known = rooms.database
                .read(Tenants.ADMIN, tx -> rooms.users.findByUsername(tx, username, true))
                .isPresent();
        if (known) {
            return;
        }
        PasswordDigest digest =
                rooms.passwords.hash(bootstrap.adminPassword().get().reveal());
        try {
            rooms.database.run(Tenants.ADMIN, tx -> {
                User user = rooms.users.create(tx, NewUser.of(username, digest));
                rooms.roles.assignToUser(tx, user.id(), ManagementRoles.ADMINISTRATOR);
                rooms.signInExperiences.closeRegistration(tx);
            });
        } catch (dev.ostiary.errors.AppException e) {
            // Another node of the same start was first.
            if (e.error() != UserError.USERNAME_ALREADY_IN_USE) {
                throw e;
            }
        }
    }
}
